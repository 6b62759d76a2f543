import { ann, bob } from '../../../test/builders/actors.js';
import { boxAggregate, boxEvents, BoxOpened, ThingPut, ThingTaken } from '../../../test/builders/box.js';
import { by, NOW } from '../../../test/builders/decide.js';
import { MemoryLog } from '../../../test/builders/memory-log.js';
import { record } from '../../../test/builders/record.js';
import { permissiveRegistry } from '../../../test/builders/registry.js';
import { event } from './event.js';
import { uuidOf } from './hash.js';
import { LogUnavailable } from './log/errors.js';
import { type Aggregate, type EvolveContext } from './slice.js';
import { StreamSession } from './stream-session.js';

const registry = permissiveRegistry(...boxEvents);
const put = (thingId: string) => event(ThingPut, { thingId, weight: 1 });
const command = {
  actor: bob,
  commandId: 'c1',
  commandHash: 'hash',
  correlationId: 'c1',
  causationId: 'c1',
  recordedAt: NOW,
};

/** Keeps what each event was folded with. */
const witness = (tailOnly = false): Aggregate<(EvolveContext & { payload: unknown })[]> => ({
  ...boxAggregate,
  tailOnly,
  revisionOf: undefined,
  without: undefined,
  withTheirs: undefined,
  guard: undefined,
  initial: () => [],
  evolutions: new Map(
    boxEvents.map(({ name }) => [
      name,
      (seen, payload, { id, revision, actor, recordedAt }) =>
        void seen.push({ id, revision, actor: { id: actor.id, onBehalfOf: actor.onBehalfOf }, recordedAt, payload }),
    ]),
  ),
});

let log: MemoryLog;
beforeEach(async () => {
  log = await MemoryLog.create();
  await record(log, 'box-a', [event(BoxOpened, { label: 'A' }), put('x'), by(bob, put('y'))]);
});

describe('a session of a stream', () => {
  it('is folded from all pages of it, with what an evolution may know', async () => {
    await record(log, 'box-a', [put('z'), event(ThingTaken, { thingId: 'z' })]);
    const { state, revision } = await StreamSession.load('box-a', witness(), log, registry);
    expect(revision).toBe(4);
    expect(state).toHaveLength(5);
    expect(state[2]).toEqual({
      id: uuidOf('recorded', 'box-a', 2),
      revision: 2,
      actor: { id: 'bob', onBehalfOf: null },
      recordedAt: NOW,
      payload: { thingId: 'y', weight: 1 },
    });
    expect(state[1].actor.id).toBe(ann.id);
  });

  it('takes as much memory, and comes to the same state, live and loaded', async () => {
    const live = await StreamSession.load('box-a', witness(), log, registry);
    await live.append([put('v'), put('w')], [uuidOf(1), uuidOf(2)], command);
    const loaded = await StreamSession.load('box-a', witness(), log, registry);
    expect(loaded.state).toEqual(live.state);
    expect(loaded.bytes).toBe(live.bytes);
    const empty = await StreamSession.load('box-b', witness(), log, registry);
    expect(live.bytes - empty.bytes).toBeGreaterThan(5 * 400);
  });

  it('remembers every event, its sequence once it is known', async () => {
    const session = await StreamSession.load('box-a', witness(), log, registry);
    log.hold();
    const appended = session.append([put('z')], [uuidOf(1)], command);
    const known = { type: 'ThingPut', revision: 3, commandHash: 'hash' };
    expect(session.recall(uuidOf(1))).toEqual({ ...known, sequence: null });
    expect([session.idle, session.revision]).toEqual([false, 3]);
    log.release();
    await appended;
    expect(session.recall(uuidOf(1))).toEqual({ ...known, sequence: 5 });
    expect(session.recall(uuidOf('recorded', 'box-a', 0))).toMatchObject({ revision: 0, sequence: 2 });
    expect(session.recall(uuidOf(9))).toBeUndefined();
    expect(session.idle).toBe(true);
  });

  it('is dead once an append has failed, and settled whether it fails or not', async () => {
    const session = await StreamSession.load('box-a', witness(), log, registry);
    await session.append([put('z')], [uuidOf(1)], command);
    expect(session.dead).toBe(false);
    log.failNext('box-a', new LogUnavailable('The disk is full.'));
    const failing = session.append([put('z')], [uuidOf(2)], command);
    failing.catch(() => undefined);
    await session.settled();
    expect([session.dead, session.idle]).toEqual([true, true]);
    await expect(failing).rejects.toThrow('The disk is full.');
  });

  it('is dead, and takes no more memory, once it has folded what cannot be sent', async () => {
    const session = await StreamSession.load('box-a', witness(), log, registry);
    const { bytes } = session;
    const unsendable = { ...put('z'), payload: { thingId: '\ud800' } };
    expect(() => session.append([put('z'), unsendable], [uuidOf(1), uuidOf(2)], command)).toThrow(TypeError);
    expect(session).toMatchObject({ dead: true, idle: true, bytes });
    expect(log.storedAppends('box-a')).toBe(3);
  });

  it('knows whether others have written behind a revision', async () => {
    const session = await StreamSession.load('box-a', witness(), log, registry);
    expect(await session.isBehind(2)).toBe(false);
    await session.append([put('z')], [uuidOf(1)], command);
    expect(await session.isBehind(2)).toBe(false);
    expect(await session.isBehind(3)).toBe(false);
    await record(log, 'box-a', [put('theirs')]);
    expect(await session.isBehind(2)).toBe(false);
    expect(await session.isBehind(3)).toBe(true);
  });

  it('of which only the end counts reads one event, folds nothing and appends behind it', async () => {
    const session = await StreamSession.load('box-a', witness(true), log, registry);
    expect(session).toMatchObject({ revision: 2, state: [] });
    const { bytes } = session;
    await session.append([put('z')], [uuidOf(1)], command);
    expect(session).toMatchObject({ revision: 3, state: [], bytes });
    expect((await StreamSession.load('box-c', witness(true), log, registry)).revision).toBe(-1);
  });

  it('is refused where the stream holds what this software does not know', async () => {
    const old = permissiveRegistry(BoxOpened);
    await expect(StreamSession.load('box-a', witness(), log, old)).rejects.toMatchObject({
      code: 'NEWER_SOFTWARE_NEEDED',
    });
  });
});
