import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { ann } from '../../../test/builders/actors.js';
import { boxAggregate, boxEvents, PutThing, ThingPut } from '../../../test/builders/box.js';
import { Boxes, type BoxInLog, boxInLog } from '../../../test/builders/boxes.js';
import { chainOf } from '../../../test/builders/chain.js';
import { refusalOf } from '../../../test/builders/refusal.js';
import { objectSchema, permissiveSchemas } from '../../../test/builders/registry.js';
import { CommandHandler } from './command-handler.js';
import { event } from './event.js';
import { AppendTooLarge, LogUnavailable, WrongExpectedRevision } from './log/errors.js';
import { refuse } from './refusal.js';
import { EventRegistry } from './registry.js';
import { slice } from './slice.js';

const unavailable = () => new LogUnavailable('The disk is full.');

let { log, logId, boxes, boxId, stream } = {} as BoxInLog;
beforeEach(async () => {
  ({ log, logId, boxes, boxId, stream } = await boxInLog());
});

/** True if it is not settled once everything that can happen without the log has happened. */
async function pending(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.catch(() => undefined).then(() => (settled = true));
  for (let turns = 0; turns < 10; turns++) await setImmediate();
  return !settled;
}

/** Sends commands while the log holds every append back; resolves when this many wait there. */
async function held<T>(waiting: number, send: () => T): Promise<T> {
  log.hold();
  const sent = send();
  while (log.waits < waiting) await setImmediate();
  return sent;
}

describe('an append under way', () => {
  it('keeps its command waiting, and a refusal that rests on it, and a retry', async () => {
    const [put, refused, again] = await held(1, () => [
      boxes.put({ commandId: 'p', boxId, thingId: 'x' }),
      boxes.put({ boxId, thingId: 'x' }),
      boxes.put({ commandId: 'p', boxId, thingId: 'x' }),
    ]);
    const refusal = refusalOf(refused);
    expect(await Promise.all([put, refusal, again].map(pending))).toEqual([true, true, true]);
    log.release();
    const result = await put;
    expect(result).toMatchObject({ revision: 1, sequence: (await log.head()).sequence, repeated: false });
    expect((await refusal).code).toBe('ALREADY_THERE');
    expect(await again).toEqual({ ...result, repeated: true });
  });

  it('does not keep those behind it from being sent', async () => {
    const puts = await held(10, () => Array.from({ length: 10 }, () => boxes.put({ boxId })));
    log.release(1);
    expect(await puts[0]).toMatchObject({ revision: 1 });
    expect(await pending(puts[1])).toBe(true);
    log.release();
    expect((await Promise.all(puts)).map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('the state that queries ask for', () => {
  it('is with what is under way here, and with what another process stored', async () => {
    const others = new Boxes(log, logId);
    expect(await others.things(boxId)).toEqual([]);
    const never = randomUUID();
    expect(await others.things(never)).toBeUndefined();
    await boxes.put({ boxId, thingId: 'x' });
    expect(await others.things(boxId)).toEqual(['x']);
    const [put] = await held(1, () => [boxes.put({ boxId, thingId: 'y' })]);
    const asked = boxes.things(boxId);
    expect(await pending(asked)).toBe(true);
    log.release();
    await put;
    expect(await asked).toEqual(['x', 'y']);
    expect(await others.things(boxId)).toEqual(['x', 'y']);
  });
});

describe('an append that fails', () => {
  it('fails its command alone: those behind it are decided again, in their order', async () => {
    log.failNext('box-', unavailable());
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => boxes.put({ boxId })));
    expect(results[0]).toMatchObject({ status: 'rejected', reason: { message: 'The disk is full.' } });
    expect(results.slice(1)).toMatchObject(
      Array.from({ length: 19 }, (_, n) => ({ status: 'fulfilled', value: { revision: n + 1 } })),
    );
    expect(await chainOf(log, stream)).toHaveLength(20);
  });

  it('leaves nothing that others could rest on', async () => {
    const [put, take, putToo] = await held(2, () => [
      boxes.put({ boxId, thingId: 'x' }),
      boxes.take({ boxId, thingId: 'x' }),
      boxes.put({ boxId, thingId: 'x', weight: 2 }),
    ]);
    log.failNext('box-', unavailable());
    const outcomes = Promise.allSettled([put, take, putToo]);
    log.release();
    expect(await outcomes).toMatchObject([
      { reason: { message: 'The disk is full.' } },
      { reason: { code: 'NOT_THERE' } },
      { value: { revision: 1 } },
    ]);
    expect(await chainOf(log, stream)).toHaveLength(2);
  });

  it('is not what a refusal rests on', async () => {
    const [put, refused] = await held(1, () => [
      boxes.put({ boxId, thingId: 'x' }),
      boxes.put({ boxId, thingId: 'x', weight: 2 }),
    ]);
    log.failNext('box-', unavailable());
    const outcomes = Promise.allSettled([put, refused]);
    log.release();
    expect(await outcomes).toMatchObject([{ status: 'rejected' }, { value: { revision: 1, repeated: false } }]);
  });

  it('is not what a retry is answered with: the retry carries the command out', async () => {
    const command = { commandId: 'same', boxId, thingId: 'x' };
    const [first, again] = await held(1, () => [boxes.put(command), boxes.put(command)]);
    log.failNext('box-', unavailable());
    const outcomes = Promise.allSettled([first, again]);
    log.release();
    expect(await outcomes).toMatchObject([{ status: 'rejected' }, { value: { revision: 1, repeated: false } }]);
    expect(await chainOf(log, stream)).toHaveLength(2);
  });

  it('though it was stored, is found when the command is sent again', async () => {
    log.failNext('box-', new LogUnavailable('The connection was lost.', true), true);
    const command = { commandId: 'same', boxId, thingId: 'x' };
    const [lost, behind] = await Promise.allSettled([boxes.put(command), boxes.put({ boxId, thingId: 'y' })]);
    expect(lost).toMatchObject({ reason: { outcomeUnknown: true } });
    expect(behind).toMatchObject({ value: { revision: 2 } });
    expect(await boxes.put(command)).toMatchObject({ revision: 1, repeated: true });
    expect(await chainOf(log, stream)).toHaveLength(3);
  });

  it('again and again for others who write there is a conflict in the end', async () => {
    for (let n = 0; n < 20; n++) log.failNext('box-', new WrongExpectedRevision(stream, 0, 1));
    const before = log.answered.length;
    const refusal = await refusalOf(boxes.put({ boxId }));
    expect(refusal.code).toBe('REVISION_CONFLICT');
    expect(refusal.message).toContain('nothing was stored in 20 attempts');
    expect(log.answered.length - before).toBe(20);
    expect(await boxes.put({ boxId })).toMatchObject({ revision: 1 });
  });
});

describe('what cannot be stored', () => {
  it('is refused by the schema before anything is sent, and leaves the state as it was', async () => {
    const schemas = new Map(boxEvents.map(({ name }) => [`${name}.v1`, permissiveSchemas.get(`${name}.v1`)!]));
    schemas.set('ThingPut.v1', objectSchema('ThingPut.v1', { thingId: {}, weight: { type: 'integer', maximum: 9 } }));
    boxes = new Boxes(log, logId, { registry: new EventRegistry(boxEvents, schemas) });
    const before = log.answered.length;
    await expect(boxes.put({ boxId, thingId: 'x', weight: 10 })).rejects.toThrow('/weight must be <= 9');
    expect(log.answered.length).toBe(before);
    expect(await boxes.put({ boxId, thingId: 'x', weight: 9 })).toMatchObject({ revision: 1 });
  });

  it('for its size is refused, and leaves the state as it was', async () => {
    await expect(boxes.put({ boxId, thingId: 'x'.repeat(1_100_000) })).rejects.toBeInstanceOf(AppendTooLarge);
    expect(await boxes.put({ boxId })).toMatchObject({ revision: 1 });
  });

  it('in its second event leaves nothing of the first', async () => {
    const handler = new CommandHandler({
      log,
      logId,
      registry: new EventRegistry(boxEvents, permissiveSchemas),
      authorise: () => undefined,
    });
    const broken = slice(PutThing, () => [
      event(ThingPut, { thingId: 'x', weight: 1 }),
      event(ThingPut, { thingId: '\ud800', weight: 1 }),
    ]);
    const put = slice(PutThing, (_, box) => {
      if ((box as { things: Map<string, unknown> }).things.has('x')) refuse('ALREADY_THERE', 'It is there.');
      return [event(ThingPut, { thingId: 'x', weight: 1 })];
    });
    const send = (what: typeof put, commandId: string) =>
      handler.execute(boxAggregate, what as never, Object.assign(new PutThing(), { boxId, commandId }), ann);
    await expect(send(broken, 'a')).rejects.toThrow('half a surrogate pair');
    expect(await send(put, 'b')).toMatchObject({ revision: 1 });
    expect(await chainOf(log, stream)).toHaveLength(2);
  });

  it('as text of a command is refused: half a surrogate pair', async () => {
    await expect(boxes.put({ boxId, thingId: '\ud800' })).rejects.toBeInstanceOf(TypeError);
  });
});

describe('a cache that is too small for anything', () => {
  it('costs time, and nothing else', async () => {
    boxes = new Boxes(log, logId, { cacheBytes: 1 });
    const opened = await Promise.all(Array.from({ length: 3 }, () => boxes.open({})));
    const puts = Array.from({ length: 60 }, (_, n) => boxes.put({ boxId: opened[n % 3].subjectId }));
    const results = await Promise.all(puts);
    for (const result of opened) expect(await chainOf(log, result.stream)).toHaveLength(21);
    expect(results.every(({ repeated }) => !repeated)).toBe(true);
  });
});
