import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Service } from '../e2e/service.js';
import { recordFullCase } from '../e2e/full-case.js';
import { caseledger, jsonLines, type Ran } from './caseledger.js';

describe('history at the command line', () => {
  let service: Service;
  let environment: Record<string, string>;
  let caseId: string;
  let number: string;
  let recorded: { id: string; sequence: number; type: string; correlationId: string }[];

  const run = (...args: string[]): Promise<Ran> => caseledger(args, environment);

  beforeAll(async () => {
    service = await Service.start();
    const [investigator, reviewer] = [await service.keyFor('rosa'), await service.keyFor('ben', ['REVIEWER'])];
    ({ caseId } = await recordFullCase(service, investigator, reviewer, 'rosa'));
    environment = { CASELEDGER_URL: service.url, CASELEDGER_KEY: investigator };
    const query = `query ($id: ID!, $after: String) { case(id: $id) { number history(first: 100, after: $after) {
      nodes { id sequence type correlationId } pageInfo { hasNextPage endCursor } } } }`;
    recorded = [];
    for (let page = { hasNextPage: true, endCursor: null as string | null }; page.hasNextPage;) {
      const { data } = await service.ask(query, { id: caseId, after: page.endCursor }, investigator);
      number = data.case.number;
      recorded.push(...data.case.history.nodes);
      page = data.case.history.pageInfo;
    }
  });
  afterAll(() => service.stop());

  it('shows a case by its id and by its number, 100 columns wide and without colours', async () => {
    const [byId, byNumber] = await Promise.all([run('history', caseId), run('history', number)]);
    expect(byId).toMatchObject({ code: 0, errors: '' });
    expect(byNumber).toEqual(byId);
    expect(byId.output).not.toContain('\u001b');
    const lines = byId.output.trimEnd().split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines[0]).toContain(number);
    const headings = lines.flatMap(
      (line) => /^ +(\d+) {2}\d{4}-\d\d-\d\dT[\d:.]+Z {2}(\w+) {2}by rosa$/.exec(line) ?? [],
    );
    expect(headings.filter((_, n) => n % 3 === 1).length).toBeGreaterThan(5);
    for (const { sequence, type } of recorded)
      expect(byId.output).toMatch(new RegExp(`^ +${sequence} .+ ${type} `, 'm'));
  });

  it('shows it as it stood after a sequence, an event and a time', async () => {
    const { id, sequence } = recorded[4];
    const answers = await Promise.all(
      [String(sequence), id].map((moment) => run('history', caseId, '--as-of', moment, '--json')),
    );
    for (const { output } of answers) {
      expect(jsonLines(output).map((event) => event.id)).toEqual(recorded.slice(0, 5).map((event) => event.id));
    }
    const before = await run('history', caseId, '--as-of', '1');
    expect(before).toMatchObject({ code: 1, output: '' });
    expect(before.errors).toBe(
      `There is no case ${caseId} as of sequence 1 that your key may see. (It was asked with the key in CASELEDGER_KEY; an administrator's reads no case.)\n`,
    );
  });

  it('answers machines with all of each event, and shows the same event whole to people', async () => {
    const { output } = await run('history', caseId, '--json');
    const events = jsonLines(output);
    expect(events.map(({ id }) => id)).toEqual(recorded.map(({ id }) => id));
    const second = events.find(({ type }) => type === 'CaseAmended')!;
    expect(JSON.parse((await run('event', second.id, '--json')).output)).toEqual(second);
    const shown = await run('event', second.id);
    expect(shown).toMatchObject({ code: 0, errors: '' });
    for (const part of [second.summary, second.hash, second.previousHash, second.commandId, '"reason": "Clearer."'])
      expect(shown.output).toContain(part);
  });

  it('reads the feed from a sequence on, by type, under the rights of the key', async () => {
    const { data } = await service.ask(
      '{ events(first: 100) { nodes { id sequence type } } }',
      {},
      environment.CASELEDGER_KEY,
    );
    const all = jsonLines((await run('events', '--json')).output).map(({ id, sequence, type }) => ({
      id,
      sequence,
      type,
    }));
    // As many as one page holds.
    expect(data.events.nodes.length).toBe(100);
    expect(all.slice(0, 100)).toEqual(data.events.nodes);
    const after = all[10].sequence;
    const types = ['PartyAdded', 'NoteAdded'];
    const args = ['events', '--after', String(after), '--type', types[0], '--type', types[1], '--json'];
    const some = jsonLines((await run(...args)).output);
    expect(some.map(({ id }) => id)).toEqual(
      all.filter(({ sequence, type }) => sequence > after && types.includes(type)).map(({ id }) => id),
    );
    expect((await run('events')).output).toContain(`case-${caseId}`);
  });

  it('traces an undertaking over the log, page by page', async () => {
    // The reservation of the case's number belongs to it too.
    const expected = jsonLines((await run('events', '--json')).output)
      .filter(({ correlationId }) => correlationId === 'all of it')
      .map(({ id }) => id);
    const ofThis = recorded.filter(({ correlationId }) => correlationId === 'all of it');
    expect(ofThis.length).toBeGreaterThan(10);
    expect(expected).toEqual(expect.arrayContaining(ofThis.map(({ id }) => id)));
    const { output } = await run('trace', 'all of it', '--json');
    expect(jsonLines(output).map(({ id }) => id)).toEqual(expected);
    const query = `query ($after: String) { trace(correlationId: "all of it", after: $after, first: 7) { nodes { id } cursor caughtUp } }`;
    const ids: string[] = [];
    for (let page = { cursor: null as string | null, caughtUp: false }; !page.caughtUp;) {
      const { data } = await service.ask(query, { after: page.cursor }, environment.CASELEDGER_KEY);
      page = data.trace;
      ids.push(...data.trace.nodes.map((node: { id: string }) => node.id));
    }
    expect(ids).toEqual(expected);
    expect(await run('trace', 'nothing')).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/no event of the correlation nothing/),
    });
  });

  it('writes out what could steer the terminal', async () => {
    const text = { text: 'Red \u001b[31mtext\u0007 \u202Eback', language: 'en' };
    const { CASELEDGER_KEY: key } = environment;
    const { events } = await service.done('addNote', { caseId, text }, key);
    const { output } = await run('event', events[0].id);
    expect(output).toContain('Red \\u{1b}[31mtext\\u{7} \\u{202e}back');
    // eslint-disable-next-line no-control-regex -- that is what must not be there
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('lets no text that was recorded pass for a line of its own', async () => {
    const forged = '\n       7  2026-03-07T17:00:00.000Z  CaseClosed  by Rosa';
    const label = `Mallory${forged}`;
    const key = await service.keyFor('mallory', ['INVESTIGATOR'], label);
    const { case: opened, events } = await service.done('openCase', { title: `Case${forged}`, kind: 'CASE' }, key);
    const as = { ...environment, CASELEDGER_KEY: key };
    const shown = [
      ['history', opened.number],
      ['event', events[0].id],
      ['access', opened.number],
    ];
    for (const [command, which] of shown) {
      const { code, output } = await caseledger([command, which], as);
      expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('\\u{a}       7  2026') });
      expect(output).not.toMatch(/^ {0,8}7 {2}2026/m);
    }
    const listed = await caseledger(['key', 'list'], { CASELEDGER_URL: service.url, DATA_DIR: service.folder });
    expect(listed.output).not.toMatch(/^ {0,8}7 {2}2026/m);
  });

  it('issues a key that opens the server, and revokes it', async () => {
    const admin = { CASELEDGER_URL: service.url, DATA_DIR: service.folder };
    const issued = await caseledger(
      ['key', 'issue', 'ines', '--label', 'Ines', '--role', 'AUDITOR', '--scope', 'CASES'],
      admin,
    );
    expect(issued).toMatchObject({ code: 0, output: expect.stringMatching(/^clk_[0-9a-f]{16}_[0-9a-f]{64}\n$/) });
    const theirs = { ...environment, CASELEDGER_KEY: issued.output.trim() };
    expect((await caseledger(['events', '--after', '4'], theirs)).code).toBe(0);
    const [, id] = issued.output.split('_');
    const listed = await caseledger(['key', 'list'], admin);
    expect(listed).toMatchObject({
      code: 0,
      output: expect.stringMatching(new RegExp(`^${id} +LIVE +ines \\(Ines\\) +AUDITOR`, 'm')),
    });
    expect(await caseledger(['key', 'revoke', id, '--reason', 'Left.'], admin)).toMatchObject({ code: 0, output: '' });
    const refused = await caseledger(['events'], theirs);
    expect(refused).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(/does not know the key in CASELEDGER_KEY/),
    });
  });

  it('makes techniques known from a file, once, for whoever records', async () => {
    const admin = { CASELEDGER_URL: service.url, DATA_DIR: service.folder };
    const file = join(service.folder, 'attack.json');
    const reference = { source_name: 'mitre-attack', external_id: 'T1078' };
    const technique = { type: 'attack-pattern', name: 'Valid Accounts', external_references: [reference] };
    writeFileSync(file, JSON.stringify({ type: 'bundle', objects: [technique] }));
    const load = (...args: string[]) => caseledger(['techniques', 'load', file, ...args], admin);
    expect(await load()).toMatchObject({ code: 1, errors: expect.stringMatching(/names no version/) });
    expect(await load('--framework-version', '17.1')).toMatchObject({
      code: 0,
      output: 'ATT&CK 17.1 is known now: 1 techniques, tactics and mitigations.\n',
    });
    expect(await load('--framework-version', '17.1')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/was known already/),
    });
    expect(await caseledger(['techniques', 'load', file, '--framework-version', '17.1'], environment)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/OPERATIONS|administrator/),
    });
    for (const wrong of [join(service.folder, 'nothing'), service.folder])
      expect(await caseledger(['techniques', 'load', wrong], admin)).toMatchObject({
        code: 1,
        errors: expect.stringMatching(/^.* cannot be read \(E(NOENT|ISDIR)\): give MITRE's ATLAS\.yaml, or .*\n$/),
      });
    const { output } = await run('techniques', 'list');
    expect(output).toMatch(/^ATLAS 5\.6 {2}\d+ techniques/m);
    expect(output).toMatch(/^ATT&CK 17\.1 {2}1 techniques/m);
    const named = await service.command(
      'suspectTechnique',
      { caseId, framework: 'ATTACK', mitreId: 'T1078' },
      environment.CASELEDGER_KEY,
      'case { techniques(first: 1) { nodes { frameworkVersion techniqueName certainty } } }',
    );
    expect(named.data.suspectTechnique.case.techniques.nodes).toEqual([
      { frameworkVersion: '17.1', techniqueName: 'Valid Accounts', certainty: 'SUSPECTED' },
    ]);
  });

  it('exits 1 when something is refused', async () => {
    const refusals: [string[], RegExp][] = [
      [['event', 'nothing'], /There is no event nothing that your key may see/],
      [['history', 'CASE-1999-0001'], /There is no case CASE-1999-0001 that your key may see/],
      [['history', caseId, '--as-of', '2020-01-01T00:00:00Z'], /2020-01-01T00:00:00.000Z is before the first event/],
      [['events', '--after', '999999999'], /cursor cannot be used: it stands at sequence 999999999/],
      [['key', 'issue', 'me'], /scope OPERATIONS; ask an administrator/],
    ];
    const answers = await Promise.all(refusals.map(([args]) => run(...args)));
    expect(answers).toMatchObject(
      refusals.map(([, why]) => ({ code: 1, output: '', errors: expect.stringMatching(why) })),
    );
  });
});
