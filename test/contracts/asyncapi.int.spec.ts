import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { packageRoot } from '#event-sourcing/package-root.js';
import { storedEventOf } from '#event-sourcing/event.js';
import { eventClasses } from '#investigation/event-classes.js';

const TEXT = readFileSync(join(packageRoot, 'asyncapi.yaml'), 'utf8');

describe('asyncapi.yaml', () => {
  it('is AsyncAPI 3 as its own parser reads it, and knows every event', async () => {
    const { document, diagnostics } = await new Parser().parse(TEXT);
    const problems = diagnostics.filter(({ severity }) => Number(severity) <= 1);
    expect(problems.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
    expect(document!.version()).toBe('3.0.0');
    const told = document!.channels().get('events')!.messages().all();
    const types = eventClasses.map((eventClass) => storedEventOf(eventClass).type);
    expect(told.map((message) => message.name()).sort()).toEqual([...types, 'CaughtUp'].sort());
    for (const message of told) expect(message.payload()).toBeDefined();
  });

  it('is refused by the parser if it is not well-formed', async () => {
    const { document, diagnostics } = await new Parser().parse(TEXT.replace('action: send', 'action: shout'));
    expect(document).toBeUndefined();
    expect(diagnostics.some(({ severity }) => Number(severity) === 0)).toBe(true);
  });
});
