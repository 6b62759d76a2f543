import { setImmediate } from 'node:timers/promises';
import { ann } from '../../../test/builders/actors.js';
import {
  type Box,
  boxAggregate,
  boxEvents,
  LABELS,
  LabelReserved,
  PutThing,
  ThingPut,
} from '../../../test/builders/box.js';
import { Boxes, type BoxInLog, boxInLog } from '../../../test/builders/boxes.js';
import { chainOf } from '../../../test/builders/chain.js';
import { record } from '../../../test/builders/record.js';
import { refusalOf } from '../../../test/builders/refusal.js';
import { permissiveRegistry } from '../../../test/builders/registry.js';
import { CommandHandler } from './command-handler.js';
import { event } from './event.js';
import { LogUnavailable, WrongExpectedRevision } from './log/errors.js';
import { type StoredEvent } from './log/event-log.js';
import { slice } from './slice.js';

const unavailable = () => new LogUnavailable('The disk is full.');

let { log, logId, boxes, boxId, stream } = {} as BoxInLog;
beforeEach(async () => {
  ({ log, logId, boxes, boxId, stream } = await boxInLog());
});

describe('a reservation', () => {
  it('that fails fails its command, and those behind it reserve anew', async () => {
    log.failNext('label-', unavailable());
    const [failed, ...others] = await Promise.allSettled(Array.from({ length: 5 }, () => boxes.open({})));
    expect(failed).toMatchObject({ reason: { message: 'The disk is full.' } });
    expect(others.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'));
    expect(await chainOf(log, LABELS)).toHaveLength(5);
  });

  it('is made once for a command that is decided again', async () => {
    log.failNext('box-', new WrongExpectedRevision('box-x', 'none', 0));
    await boxes.open({});
    expect(await chainOf(log, LABELS)).toHaveLength(2);
  });

  it('is another event when the command is sent again after a failure', async () => {
    log.failNext('box-', unavailable());
    await expect(boxes.open({ commandId: 'same' })).rejects.toThrow('The disk is full.');
    const opened = await boxes.open({ commandId: 'same' });
    expect(opened.repeated).toBe(false);
    expect((await chainOf(log, opened.stream))[0].payload).toBe('{"label":"3"}');
    expect(await chainOf(log, LABELS)).toHaveLength(3);
  });

  it('takes the next place when another writer has taken this one', async () => {
    await record(log, LABELS, [event(LabelReserved, { label: 'theirs' })]);
    const opened = await Promise.all([boxes.open({}), boxes.open({}), boxes.open({})]);
    const labels = await Promise.all(opened.map(async (result) => (await chainOf(log, result.stream))[0].payload));
    expect(labels).toEqual(['{"label":"3"}', '{"label":"4"}', '{"label":"5"}']);
    expect(await chainOf(log, LABELS)).toHaveLength(5);
  });
});

describe("another stream's state", () => {
  it('is what is durable there, not what is under way', async () => {
    const { subjectId: from } = await boxes.open({});
    log.hold();
    const [put, lid] = [boxes.put({ boxId: from }), boxes.lid({ boxId, from })];
    while (log.waits < 2) await setImmediate();
    log.release();
    await Promise.all([put, lid]);
    expect((await chainOf(log, stream)).at(-1)!.payload).toContain('"fromRevision":0');
  });

  /** `meanwhile` happens when the stream has been read and before that is told. */
  function onceRead(read: string, meanwhile: () => Promise<unknown>): void {
    const readStream = log.readStream.bind(log);
    const spy = jest.spyOn(log, 'readStream').mockImplementation(async function* (name, options) {
      const pages: StoredEvent[][] = [];
      for await (const page of readStream(name, options)) pages.push(page);
      if (name === read && !options?.from) {
        spy.mockRestore();
        await meanwhile();
      }
      yield* pages;
    });
  }

  it('is read again where the command’s own stream has moved on meanwhile', async () => {
    const { subjectId: from, stream: other } = await boxes.open({});
    onceRead(other, async () => {
      await boxes.put({ boxId: from });
      await boxes.put({ boxId });
    });
    expect((await refusalOf(boxes.lid({ boxId, from }))).code).toBe('LID_NOT_EMPTY');
  });

  it('is read again after a conflict', async () => {
    const { subjectId: from } = await boxes.open({});
    log.failNext(stream, new WrongExpectedRevision(stream, 0, 1));
    log.hold();
    const lid = refusalOf(boxes.lid({ boxId, from }));
    while (log.waits < 1) await setImmediate();
    const put = new Boxes(log, logId).put({ boxId: from });
    while (log.waits < 2) await setImmediate();
    log.release();
    await put;
    expect((await lid).code).toBe('LID_NOT_EMPTY');
  });

  it('is no longer read again on a stream that never stops, and the command is carried out', async () => {
    const { subjectId: from, stream: other } = await boxes.open({});
    let readings = 0;
    const readStream = log.readStream.bind(log);
    jest.spyOn(log, 'readStream').mockImplementation(async function* (name, options) {
      if (name === other) {
        readings++;
        await boxes.put({ boxId });
      }
      yield* readStream(name, options);
    });
    expect(await boxes.lid({ boxId, from })).toMatchObject({ repeated: false });
    expect(readings).toBe(5);
  });

  it('is also asked for where only the newest state of the command’s own stream names it', async () => {
    const [{ subjectId: first, stream: other }, { subjectId: second }] = await Promise.all([
      boxes.open({}),
      boxes.open({}),
    ]);
    /** Needs each box that is in the box. */
    const weigh = slice<Box, PutThing>(
      PutThing,
      (_, { things }, { needed }) => {
        const filled = [...things.keys()].filter((id) => (needed[id].state as Box).things.size > 0);
        return [event(ThingPut, { thingId: 'weighed', weight: filled.length })];
      },
      {
        needs: (_command, _context, { things }) =>
          Object.fromEntries(
            [...things.keys()].map((id) => [id, { kind: 'state', aggregate: boxAggregate, subjectId: id }]),
          ),
      },
    );
    await boxes.put({ boxId, thingId: first });
    await boxes.put({ boxId: second });
    onceRead(other, () => boxes.put({ boxId, thingId: second }));
    const registry = permissiveRegistry(...boxEvents);
    const handler = new CommandHandler({ log, logId, registry, authorise: () => undefined });
    await handler.execute(boxAggregate, weigh, Object.assign(new PutThing(), { boxId, commandId: 'w' }), ann);
    expect((await chainOf(log, stream)).at(-1)!.payload).toContain('"weight":1');
  });
});
