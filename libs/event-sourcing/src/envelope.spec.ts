import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { type Envelope, openEnvelope, sealEvent, SYSTEM } from './envelope.js';
import { sha256 } from './hash.js';
import { type StoredEvent } from './log/event-log.js';

const envelope: Envelope = {
  id: '6f1c1a52-7f0b-4d3a-9a3e-2f6f5a1f0c11',
  type: 'NoteAdded',
  schemaVersion: 3,
  stream: 'case-1',
  revision: 7,
  recordedAt: '2025-01-24T09:30:00.000Z',
  actor: {
    id: 'https://id.example#a-1',
    name: 'Ann',
    kind: 'PERSON',
    authentication: 'OIDC',
    issuer: 'https://id.example',
    subject: 'a-1',
    credential: 'k1',
    onBehalfOf: 'bob',
  },
  commandId: 'c1',
  commandHash: 'a'.repeat(64),
  correlationId: 'x1',
  causationId: 'c1',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  previousHash: 'b'.repeat(64),
};
const bare: Envelope = {
  ...envelope,
  actor: SYSTEM,
  commandId: null,
  commandHash: null,
  traceparent: null,
  previousHash: null,
};

const store = (sealed: ReturnType<typeof sealEvent>, { stream, revision }: Envelope): StoredEvent => ({
  ...sealed,
  stream,
  revision,
  sequence: 42,
  position: '42',
});

describe('an envelope', () => {
  it.each([
    ['with everything', envelope],
    ['with what is required', bare],
  ])('%s comes back out of the stored event', (_, given) => {
    const sealed = sealEvent(given, { text: 'x' });
    expect(openEnvelope(store(sealed, given))).toStrictEqual({ ...given, sequence: 42, hash: sealed.hash });
  });

  it('comes back whatever text it holds', () => {
    const text = fc.string({ unit: 'binary' });
    const id = fc.record({ actorId: text, name: text, commandId: text, correlationId: text, stream: text });
    fc.assert(
      fc.property(id, fc.nat(), ({ actorId, name, stream, ...ids }, revision) => {
        const actor = { ...envelope.actor, id: actorId, name };
        const given = { ...envelope, ...ids, stream, revision, actor };
        expect(openEnvelope(store(sealEvent(given, {}), given))).toMatchObject(given);
      }),
    );
  });

  it('is stored as a flat map of strings, absent members left out', () => {
    const metadata = JSON.parse(sealEvent(bare, {}).metadata) as Record<string, unknown>;
    expect(metadata).toStrictEqual({
      $causationId: 'c1',
      $correlationId: 'x1',
      actorAuthentication: 'SYSTEM',
      actorId: 'system',
      actorKind: 'SYSTEM',
      actorName: 'Caseledger',
      id: bare.id,
      recordedAt: bare.recordedAt,
      revision: '7',
      schemaVersion: '3',
      stream: 'case-1',
      type: 'NoteAdded',
    });
    const full = JSON.parse(sealEvent(envelope, {}).metadata) as Record<string, unknown>;
    expect(full).toMatchObject({
      actorAuthentication: 'OIDC',
      actorCredential: 'k1',
      actorIssuer: 'https://id.example',
      actorSubject: 'a-1',
      actorOnBehalfOf: 'bob',
      commandId: 'c1',
      commandHash: envelope.commandHash,
      previousHash: envelope.previousHash,
    });
    expect(Object.values(full).every((value) => typeof value === 'string')).toBe(true);
  });

  it('of an event from before there were tokens says that its actor showed a key', () => {
    const known = { ...envelope.actor, id: 'ann', subject: 'ann', authentication: 'KEY' as const, issuer: null };
    for (const actor of [known, SYSTEM]) {
      const sealed = sealEvent({ ...envelope, actor }, {});
      const metadata = sealed.metadata.replace(/"actorAuthentication":"[A-Z]+",/, '');
      expect(metadata).not.toBe(sealed.metadata);
      expect(openEnvelope(store({ ...sealed, metadata }, envelope)).actor).toStrictEqual(actor);
    }
  });

  it('and payload are hashed as they are stored: canonical, byte for byte', () => {
    const payload = { b: 'é', a: [1.0, { d: 2, c: 1 }] };
    const { metadata, payload: stored, hash } = sealEvent(envelope, payload);
    expect(stored).toBe(canonicalize(payload));
    expect(metadata).toBe(canonicalize(JSON.parse(metadata)));
    expect(hash).toBe(sha256(canonicalize({ payload, metadata: JSON.parse(metadata) as unknown })!));
  });

  it('repeats what is looked up without parsing, beside the metadata', () => {
    const { commandId, commandHash, id, type, schemaVersion } = sealEvent(envelope, {});
    expect({ commandId, commandHash, id, type, schemaVersion }).toEqual({
      commandId: 'c1',
      commandHash: 'a'.repeat(64),
      id: envelope.id,
      type: 'NoteAdded',
      schemaVersion: 3,
    });
  });

  it.each([
    ['the actor', { actor: { ...envelope.actor, id: 'eve' } }],
    ['its issuer', { actor: { ...envelope.actor, issuer: 'https://other.example' } }],
    ['its subject', { actor: { ...envelope.actor, subject: 'b-2' } }],
    ['how it was recognised', { actor: { ...envelope.actor, authentication: 'KEY' as const } }],
    ['the time', { recordedAt: '2025-01-24T09:30:00.001Z' }],
    ['the event before it', { previousHash: 'c'.repeat(64) }],
    ['the revision', { revision: 8 }],
    ['the command', { commandId: 'c2' }],
    ['the stream', { stream: 'case-2' }],
  ])('is hashed: with %s changed the hash is another', (_, change) => {
    expect(sealEvent({ ...envelope, ...change }, {}).hash).not.toBe(sealEvent(envelope, {}).hash);
  });

  it('takes the sequence it is given where the stored event has none', () => {
    const stored = { ...store(sealEvent(envelope, {}), envelope), sequence: null };
    expect(openEnvelope(stored, 9).sequence).toBe(9);
    expect(() => openEnvelope(stored)).toThrow(`The sequence of event ${envelope.id} is not known here.`);
  });
});
