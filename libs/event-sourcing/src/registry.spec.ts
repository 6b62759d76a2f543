import { objectSchema, permissiveRegistry } from '../../../test/builders/registry.js';
import { refusalFrom } from '../../../test/builders/refusal.js';
import { StoredEvent } from './event.js';
import { checkPayload } from './payload-check.js';
import { EventRegistry, type EventSchema } from './registry.js';

const letter = (text: string) => ({ text });

@StoredEvent<LetterSent>('LetterSent', {
  version: 3,
  upcasters: {
    1: ({ to, ...rest }) => ({ ...rest, recipients: [to] }),
    2: ({ text, ...rest }) => ({ ...rest, text: letter(text as string) }),
  },
  summary: () => 'Sent',
})
class LetterSent {
  recipients!: string[];
  text!: { text: string };
}

@StoredEvent('LetterSent', { version: 1, summary: () => 'Sent, too' })
class LetterSentAgain {}

@StoredEvent('LetterRead', { version: 1, summary: () => 'Read' })
class LetterRead {}

@StoredEvent('LetterLost', { version: 3, upcasters: { 2: (old) => old }, summary: () => 'Lost' })
class LetterLost {}

const schemasOf = (...schemas: EventSchema[]) => new Map(schemas.map((schema) => [schema.title, schema]));
const number = { type: 'number' };
const list = { type: 'array', items: { type: 'string' } };
const text = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };
const sent = [
  objectSchema('LetterSent.v1', { to: { type: 'string' }, text: { type: 'string' } }),
  objectSchema('LetterSent.v2', { recipients: list, text: { type: 'string' } }),
  objectSchema('LetterSent.v3', { recipients: list, text }),
];

describe('building a registry', () => {
  it.each<[string, () => EventRegistry, string]>([
    ['an unmarked class', () => permissiveRegistry(class Unmarked {}), 'Unmarked is not marked with @StoredEvent.'],
    [
      'two classes of one stored type',
      () => permissiveRegistry(LetterSent, LetterSentAgain),
      'Two event classes are stored as LetterSent.',
    ],
    [
      'a version without a way to the next',
      () => permissiveRegistry(LetterLost),
      'LetterLost has no upcaster from version 1.',
    ],
    [
      'a version without a schema, an old one too',
      () => new EventRegistry([LetterSent], schemasOf(sent[0], sent[2])),
      'schemas/events/LetterSent.v2.json is missing; run npm run generate.',
    ],
    [
      'a field of two types',
      () =>
        new EventRegistry(
          [LetterSent, LetterRead],
          schemasOf(...sent, objectSchema('LetterRead.v1', { text: number })),
        ),
      'The field text differs between LetterSent and LetterRead.',
    ],
    [
      'a field that may be absent in one event alone',
      () =>
        new EventRegistry(
          [LetterSent, LetterRead],
          schemasOf(...sent, { ...objectSchema('LetterRead.v1', { text }), required: [] }),
        ),
      'The field text differs between LetterSent and LetterRead.',
    ],
  ])('refuses %s', (_, build, message) => expect(build).toThrow(message));

  it('lets a field be described differently, and old versions differ from new ones', () => {
    const read = objectSchema('LetterRead.v1', { text: { ...text, description: 'What was read.' } });
    const registry = new EventRegistry([LetterSent, LetterRead], schemasOf(...sent, read));
    expect(registry.types).toEqual(['LetterSent', 'LetterRead']);
  });
});

describe('decoding', () => {
  const registry = permissiveRegistry(LetterSent, LetterRead);
  /** One payload of each version, as it was written then. They are never changed. */
  const golden: [version: number, payload: string][] = [
    [1, '{"text":"Dear Bob","to":"bob"}'],
    [2, '{"recipients":["bob"],"text":"Dear Bob"}'],
    [3, '{"recipients":["bob"],"text":{"text":"Dear Bob"}}'],
  ];

  it.each(golden)('takes version %i one step at a time to the newest', (version, payload) => {
    expect(registry.decode('LetterSent', version, payload)).toStrictEqual({
      recipients: ['bob'],
      text: { text: 'Dear Bob' },
    });
  });

  it.each([
    ['an unknown type', 'LetterBurnt', 1, 'LetterBurnt version 1'],
    ['a newer version', 'LetterSent', 4, 'LetterSent version 4'],
    ['a version below the first', 'LetterSent', 0, 'LetterSent version 0'],
  ])('refuses %s', (_, type, version, named) => {
    const refusal = refusalFrom(() => registry.decode(type, version, '{}'));
    expect(refusal.code).toBe('NEWER_SOFTWARE_NEEDED');
    expect(refusal.message).toContain(named);
    expect(registry.knows(type, version)).toBe(false);
  });

  it('knows every version up to the newest', () => {
    const known = [0, 1, 1.5, 2, 3, 4].map((version) => registry.knows('LetterSent', version));
    expect(known).toEqual([false, true, false, true, true, false]);
  });
});

describe('validating', () => {
  const registry = new EventRegistry([LetterSent], schemasOf(...sent));
  const valid = { recipients: ['bob'], text: { text: 'Dear Bob' } };

  it('lets through what fits the newest schema', () =>
    expect(() => checkPayload(registry, 'LetterSent', valid)).not.toThrow());

  it.each([
    ['a wrong type, naming where it is', { ...valid, recipients: ['bob', 1] }, '/recipients/1 must be string'],
    ['a missing member', { recipients: [] }, "/ must have required property 'text'"],
    ['an unknown member', { ...valid, to: 'bob' }, '/ must NOT have additional properties'],
    ['a null', { ...valid, text: null }, '/text must be object'],
    ['an older version', { to: 'bob', text: 'Dear Bob' }, 'The payload of LetterSent does not fit its schema'],
  ])('throws at %s', (_, payload, message) => {
    expect(() => checkPayload(registry, 'LetterSent', payload)).toThrow(message);
  });

  it('throws at a type that is not registered', () => {
    expect(() => checkPayload(registry, 'LetterBurnt', {})).toThrow('LetterBurnt is not registered.');
  });
});
