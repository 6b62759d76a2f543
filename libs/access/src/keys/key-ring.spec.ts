import 'reflect-metadata';
import { setImmediate } from 'node:timers/promises';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { annsKey, annsSecondKey, botsKey, keyIssued, keyRevoked } from '../../../../test/builders/keys.js';
import { MemoryLog } from '../../../../test/builders/memory-log.js';
import { eventsIn, record } from '../../../../test/builders/record.js';
import { permissiveRegistry } from '../../../../test/builders/registry.js';
import { KeyIssued, KeyRevoked } from './key-events.js';
import { KeyRing } from './key-ring.js';
import { formatKey } from './key-text.js';
import { KEYS_STREAM } from './keys.js';

const registry: EventRegistry = permissiveRegistry(KeyIssued, KeyRevoked);
const failed = jest.fn<void, [error: unknown]>();

let log: MemoryLog;
let ring: KeyRing;
beforeEach(async () => {
  failed.mockClear();
  log = await MemoryLog.create();
  await record(log, KEYS_STREAM, [
    keyIssued(annsKey),
    keyIssued(annsSecondKey, { label: 'Ann on the road', principalRoles: [] }),
    keyIssued(botsKey, { principal: 'bot', label: 'The bot', actorKind: 'SERVICE', principalRoles: ['INTEGRATION'] }),
  ]);
  ring = await KeyRing.open(log, registry, failed);
});
afterEach(async () => {
  await ring.close();
  expect(failed).not.toHaveBeenCalled();
});

/** Records something of keys, and waits until the ring knows. */
async function recorded(...events: Parameters<typeof record>[2]): Promise<void> {
  await record(log, KEYS_STREAM, events);
  await ring.reached((await eventsIn(log, KEYS_STREAM)).length - 1);
}

describe('verifying a key', () => {
  it('tells whose it is', () => {
    expect(ring.verify(formatKey(annsKey))).toEqual({
      id: 'ann',
      name: 'Ann Archer',
      kind: 'PERSON',
      roles: ['INVESTIGATOR'],
      since: { 'ROLE/INVESTIGATOR': 2 },
      credential: annsKey.id,
      onBehalfOf: null,
      authentication: 'KEY',
      issuer: null,
      subject: 'ann',
      groups: [],
      organisation: null,
      scopes: ['CASES', 'AUDIT'],
    });
    expect(ring.verify(formatKey(botsKey))).toMatchObject({ id: 'bot', kind: 'SERVICE', roles: ['INTEGRATION'] });
  });

  it('tells from when on by what others know, where the log does not', async () => {
    const silent = Object.create(log, {
      readStream: {
        value: async function* (...asked: Parameters<MemoryLog['readStream']>) {
          for await (const page of log.readStream(...asked)) yield page.map((event) => ({ ...event, sequence: null }));
        },
      },
    }) as EventLogReader;
    const other = await KeyRing.open(silent, registry, failed);
    expect(other.verify(formatKey(annsKey))?.since).toEqual({});
    const [first, ...rest] = await eventsIn(log, KEYS_STREAM);
    expect(await other.place((id) => Promise.resolve(id === first.id ? 2 : null))).toBe(false);
    expect(other.verify(formatKey(annsKey))?.since).toEqual({ 'ROLE/INVESTIGATOR': 2 });
    const asked: string[] = [];
    expect(await other.place((id) => Promise.resolve(asked.push(id) + 10))).toBe(true);
    expect(asked).toEqual(rest.map(({ id }) => id));
    await other.close();
  });

  it('tells from when on the principal is known to be of an outside organisation', async () => {
    const hers = { id: '1'.repeat(16), secret: 'e'.repeat(64) };
    await recorded(keyIssued(hers, { principal: 'pia', principalRoles: ['PARTNER'], organisation: 'acme' }));
    expect(ring.verify(formatKey(hers))).toMatchObject({
      organisation: 'acme',
      since: { 'ROLE/PARTNER': 5, 'ORGANISATION/acme': 5 },
    });
  });

  it('tells that two keys of one principal are one person, by two credentials', () => {
    const [one, two] = [ring.verify(formatKey(annsKey))!, ring.verify(formatKey(annsSecondKey))!];
    expect(two.id).toBe(one.id);
    expect(two.credential).not.toBe(one.credential);
    expect(two).toMatchObject({ name: 'Ann on the road', credential: annsSecondKey.id });
  });

  it.each([
    ['nothing', ''],
    ['something else', 'Basic YW5uOmFubg=='],
    ['an unknown key', formatKey({ id: '0'.repeat(16), secret: annsKey.secret })],
    ['a wrong secret', formatKey({ id: annsKey.id, secret: `${'a'.repeat(63)}b` })],
    ["another key's secret", formatKey({ id: annsKey.id, secret: annsSecondKey.secret })],
    ['a secret in other letters', formatKey({ id: annsKey.id, secret: 'A'.repeat(64) })],
  ])('answers null to %s, asked once or twice', (_, text) => {
    expect([ring.verify(text), ring.verify(text)]).toEqual([null, null]);
    expect(ring.verify(formatKey(annsKey))).not.toBeNull();
  });

  it('remembers whom it has verified, and nobody else by it', () => {
    const first = ring.verify(formatKey(annsKey));
    expect(ring.verify(formatKey(annsKey))).toBe(first);
    expect(ring.verify(formatKey({ id: annsKey.id, secret: botsKey.secret }))).toBeNull();
  });
});

describe('a key ring', () => {
  it('opens nothing with a revoked key from then on, though it was verified before', async () => {
    expect(ring.verify(formatKey(annsKey))).not.toBeNull();
    await recorded(keyRevoked(annsKey));
    expect(ring.verify(formatKey(annsKey))).toBeNull();
    expect(ring.verify(formatKey(annsSecondKey))).not.toBeNull();
  });

  it('opens nothing with a key from the moment it expires, though it was verified before', async () => {
    const keyExpiresAt = '2026-01-24T10:30:00+01:00';
    const fresh = { id: '3'.repeat(16), secret: '9'.repeat(64) };
    await recorded(keyIssued(fresh, { keyExpiresAt }));
    let now = Date.parse(keyExpiresAt) - 1;
    const timed = await KeyRing.open(log, registry, failed, () => now);
    expect(timed.verify(formatKey(fresh))).toMatchObject({ credential: fresh.id });
    now++;
    expect(timed.verify(formatKey(fresh))).toBeNull();
    expect(timed.verify(formatKey(annsKey))).not.toBeNull();
    await timed.close();
    const later = await KeyRing.open(log, registry, failed, () => now);
    expect(later.verify(formatKey(fresh))).toBeNull();
    await later.close();
  });

  it('knows when each key was last used: since the start, and what it was told', async () => {
    let now = 1_000;
    const timed = await KeyRing.open(log, registry, failed, () => now);
    timed.seen(botsKey.id, 500);
    timed.verify(formatKey(annsKey));
    now = 2_000;
    timed.verify(formatKey(annsKey));
    timed.verify(formatKey({ id: annsSecondKey.id, secret: annsKey.secret }));
    expect([...timed.lastUses]).toEqual([
      [botsKey.id, 500],
      [annsKey.id, 2_000],
    ]);
    await timed.close();
  });

  it('knows a key once the revision that issued it is reached', async () => {
    const fresh = { id: '1'.repeat(16), secret: 'e'.repeat(64) };
    expect(ring.verify(formatKey(fresh))).toBeNull();
    await recorded(keyIssued(fresh, { principal: 'carol' }));
    expect(ring.verify(formatKey(fresh))).toMatchObject({ id: 'carol' });
    expect(ring.issuedAt(3)).toMatchObject({ id: fresh.id, principal: 'carol', revision: 3 });
    expect(() => ring.issuedAt(4)).toThrow('No key was issued at revision 4.');
  });

  it('keeps those waiting whose revision is still to come', async () => {
    const reached: number[] = [];
    const waiting = [3, 4, 2].map((revision) => ring.reached(revision).then(() => void reached.push(revision)));
    await waiting[2];
    expect(reached).toEqual([2]);
    await recorded(keyRevoked(annsKey));
    for (let turns = 0; turns < 5; turns++) await setImmediate();
    expect(reached).toEqual([2, 3]);
    await recorded(keyRevoked(annsSecondKey));
    await Promise.all(waiting);
    expect(reached).toEqual([2, 3, 4]);
  });

  it('is empty until a key was ever issued, and never again', async () => {
    const none = await KeyRing.open(await MemoryLog.create(), registry, failed);
    expect(none.isEmpty).toBe(true);
    await none.close();
    await recorded(keyRevoked(annsKey), keyRevoked(annsSecondKey), keyRevoked(botsKey));
    expect(ring.isEmpty).toBe(false);
  });

  it('knows, opened anew, what it knew', async () => {
    await recorded(keyRevoked(annsKey));
    const again = await KeyRing.open(log, registry, failed);
    expect([annsKey, annsSecondKey, botsKey].map((key) => again.verify(formatKey(key))?.credential)).toEqual([
      undefined,
      annsSecondKey.id,
      botsKey.id,
    ]);
    await again.close();
  });

  it('misses no key that is issued while it opens', async () => {
    const fresh = { id: '2'.repeat(16), secret: 'f'.repeat(64) };
    const head = log.head.bind(log);
    jest.spyOn(log, 'head').mockImplementationOnce(async () => {
      const before = await head();
      await record(log, KEYS_STREAM, [keyIssued(fresh)]);
      return before;
    });
    const opened = await KeyRing.open(log, registry, failed);
    expect(opened.verify(formatKey(fresh))).not.toBeNull();
    await opened.reached(3);
    await opened.close();
  });

  it('says so when it can no longer follow: its keys would go stale', async () => {
    const broken = new Error('The disk is gone.');
    jest.spyOn(log, 'follow').mockImplementationOnce(() => {
      throw broken;
    });
    const stale = await KeyRing.open(log, registry, failed);
    await stale.close();
    expect(failed.mock.calls).toEqual([[broken]]);
    failed.mockClear();
  });
});
