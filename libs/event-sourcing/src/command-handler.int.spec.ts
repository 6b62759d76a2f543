import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ann, annsOtherKey, bob } from '../../../test/builders/actors.js';
import { BoxOpened, LABELS, ThingPut, ThingTaken } from '../../../test/builders/box.js';
import { Boxes } from '../../../test/builders/boxes.js';
import { chainOf } from '../../../test/builders/chain.js';
import { MemoryLog } from '../../../test/builders/memory-log.js';
import { record } from '../../../test/builders/record.js';
import { refusalOf } from '../../../test/builders/refusal.js';
import { event } from './event.js';
import { sha256, thingId, uuidOf } from './hash.js';
import { type EventLog } from './log/event-log.js';
import { openSqliteLog } from './log/sqlite/sqlite-event-log.js';
import { canonicalJson } from './canonical.js';

interface Engine {
  log: EventLog;
  destroy(): Promise<void>;
}

const engines: [name: string, open: () => Promise<Engine>][] = [
  ['a log in memory', async () => ({ log: await MemoryLog.create(), destroy: () => Promise.resolve() })],
  [
    'SQLite',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'caseledger-handler-'));
      const onFatal = (error: Error) => {
        throw error;
      };
      const log = await openSqliteLog({ folder, onFatal });
      const destroy = async () => {
        await log.close();
        await rm(folder, { recursive: true });
      };
      return { log, destroy };
    },
  ],
];

describe.each(engines)('commands on %s', (_, open) => {
  let engine: Engine;
  let log: EventLog;
  let logId: string;
  let boxes: Boxes;
  beforeEach(async () => {
    engine = await open();
    log = engine.log;
    logId = await log.identity();
    boxes = new Boxes(log, logId);
  });
  afterEach(() => engine.destroy());

  const newBox = async () => {
    const { subjectId: boxId, stream } = await boxes.open({});
    return { boxId, stream };
  };
  const sequenceNow = async () => (await log.head()).sequence;

  describe('a command', () => {
    it('is answered with what it led to, where it stands, once it is durable', async () => {
      const opened = await boxes.open({ commandId: 'c1' });
      const boxId = uuidOf(logId, 'box', 'ann', 'c1');
      const stream = `box-${boxId}`;
      const id = uuidOf(logId, stream, 'ann', 'c1', 'event', 0);
      const sequence = await sequenceNow();
      expect(opened).toEqual({
        subjectId: boxId,
        stream,
        events: [{ id, type: 'BoxOpened', revision: 0, sequence }],
        revision: 0,
        sequence,
        repeated: false,
      });
      expect(await boxes.touch({ boxId, thingId: 'x' })).toMatchObject({
        events: [
          { type: 'ThingPut', revision: 1, sequence: sequence + 1 },
          { type: 'ThingTaken', revision: 2, sequence: sequence + 2 },
        ],
        revision: 2,
        sequence: sequence + 2,
      });
      expect((await chainOf(log, stream)).map(({ id: stored }) => stored)[0]).toBe(id);
    });

    it('leaves who, when and which command in the envelope, and facts alone in the payload', async () => {
      const clock = () => new Date('2025-01-24T09:30:00.000Z');
      boxes = new Boxes(log, logId, { clock });
      const { stream, subjectId: boxId } = await boxes.open({ commandId: 'c1' });
      await boxes.put({ commandId: 'c2', correlationId: 'move', boxId, expectedRevision: 0 }, annsOtherKey);
      const [first, second] = await chainOf(log, stream);
      expect(first.payload).toBe('{"label":"1"}');
      expect(JSON.parse(first.metadata)).toMatchObject({ $correlationId: 'c1', $causationId: 'c1' });
      const commandHash = sha256(canonicalJson(['putThing', { boxId, commandId: 'c2' }]));
      expect(second).toMatchObject({ commandId: 'c2', commandHash });
      expect(JSON.parse(second.metadata)).toMatchObject({
        actorId: 'ann',
        actorName: 'Ann on the road',
        actorKind: 'PERSON',
        actorCredential: annsOtherKey.credential,
        commandId: 'c2',
        commandHash,
        $correlationId: 'move',
        $causationId: 'c2',
        recordedAt: '2025-01-24T09:30:00.000Z',
        revision: '1',
        schemaVersion: '1',
      });
      const created = thingId({ logId, stream, actorId: 'ann', commandId: 'c2' });
      expect(second.payload).toBe(`{"thingId":"${created}","weight":1}`);
    });

    it('is refused on a subject that does not exist, and on a taken id where it creates one', async () => {
      const { boxId } = await newBox();
      const before = await sequenceNow();
      const elsewhere = uuidOf('nowhere');
      expect((await refusalOf(boxes.put({ boxId: elsewhere }))).code).toBe('NOT_FOUND');
      expect((await refusalOf(boxes.put({ boxId: elsewhere }))).code).toBe('NOT_FOUND');
      expect((await refusalOf(boxes.open({ boxId }))).code).toBe('ALREADY_EXISTS');
      expect(await sequenceNow()).toBe(before);
    });

    it('is an error if it decides nothing', async () => {
      const { boxId } = await newBox();
      await expect(boxes.idle({ boxId })).rejects.toThrow('idle decided nothing; it must refuse by name instead.');
    });
  });

  describe('the same command again', () => {
    it('is answered with the first result: at once, while in flight, later, and by another handler', async () => {
      const { boxId, stream } = await newBox();
      const command = { commandId: 'same', boxId, thingId: 'x' };
      const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => boxes.touch(command)));
      await boxes.put({ boxId });
      others.push(await boxes.touch(command), await new Boxes(log, logId).touch(command));
      expect(first.repeated).toBe(false);
      for (const again of others) expect(again).toEqual({ ...first, repeated: true });
      expect(await chainOf(log, stream)).toHaveLength(4);
    });

    it('is recognised though it expects another revision, and belongs to another undertaking', async () => {
      const { boxId } = await newBox();
      const command = { commandId: 'same', boxId, thingId: 'x' };
      const first = await boxes.put({ ...command, expectedRevision: 0, correlationId: 'a' });
      const again = await boxes.put({ ...command, expectedRevision: 99, correlationId: 'b' });
      expect(again).toEqual({ ...first, repeated: true });
    });

    it('is recognised from the same person with another key, and never from another person', async () => {
      const { boxId, stream } = await newBox();
      const command = { commandId: 'same', boxId };
      const anns = await boxes.put(command, ann);
      expect(await boxes.put(command, annsOtherKey)).toEqual({ ...anns, repeated: true });
      const bobs = await boxes.put(command, bob);
      expect(bobs.repeated).toBe(false);
      const things = (await chainOf(log, stream)).map(({ payload }) => payload);
      expect(new Set(things).size).toBe(3);
    });

    it('creates one subject, whoever asks how often at once', async () => {
      const command = { commandId: 'same' };
      const opened = await Promise.all([1, 2, 3].map(() => boxes.open(command)));
      const { stream } = opened[0];
      expect(new Set(opened.map((result) => result.stream))).toEqual(new Set([stream]));
      expect(await chainOf(log, stream)).toHaveLength(1);
      expect((await boxes.open(command, bob)).stream).not.toBe(stream);
    });

    it.each([
      ['other content', (boxId: string) => boxes.put({ commandId: 'same', boxId, thingId: 'x', weight: 2 })],
      [
        'another command of the same content',
        (boxId: string) => boxes.take({ commandId: 'same', boxId, thingId: 'x', weight: 1 } as never),
      ],
    ])('is COMMAND_REUSED with %s', async (__, send) => {
      const { boxId } = await newBox();
      await boxes.put({ commandId: 'same', boxId, thingId: 'x' });
      const before = await sequenceNow();
      expect((await refusalOf(send(boxId))).code).toBe('COMMAND_REUSED');
      expect(await sequenceNow()).toBe(before);
    });

    it('is of the same content if only a field is left out that is what it would be by itself', async () => {
      const { boxId } = await newBox();
      const first = await boxes.put({ commandId: 'same', boxId, weight: 1 });
      // As software hashes it that does not have the field yet.
      const again = await boxes.put({ commandId: 'same', boxId, weight: undefined });
      expect(again).toEqual({ ...first, repeated: true });
    });

    it('is of the same content if only an absent member is null or omitted', async () => {
      const { boxId } = await newBox();
      const first = await boxes.put({ commandId: 'same', boxId, thingId: null });
      expect(await boxes.put({ commandId: 'same', boxId })).toEqual({ ...first, repeated: true });
    });
  });

  describe('an expected revision', () => {
    it('is that of the record, if the command names one that is there', async () => {
      const { boxId } = await newBox();
      await boxes.put({ boxId, thingId: 'x' });
      await boxes.put({ boxId, thingId: 'y' });
      const refusal = await refusalOf(boxes.take({ boxId, thingId: 'x', expectedRevision: 2 }));
      expect(refusal).toMatchObject({ code: 'REVISION_CONFLICT', details: { current: 1 } });
      expect(await boxes.take({ boxId, thingId: 'x', expectedRevision: 1 })).toMatchObject({ revision: 3 });
    });

    it('is that of the whole otherwise', async () => {
      const { boxId } = await newBox();
      await boxes.put({ boxId, thingId: 'x' });
      const refusal = await refusalOf(boxes.put({ boxId, expectedRevision: 0 }));
      expect(refusal).toMatchObject({ code: 'REVISION_CONFLICT', details: { current: 1 } });
      expect(refusal.message).toContain('is at revision 1 now, not 0');
      expect(await boxes.put({ boxId, expectedRevision: 1 })).toMatchObject({ revision: 2 });
      expect(await boxes.put({ boxId, expectedRevision: null })).toMatchObject({ revision: 3 });
    });

    it('lets one of many win', async () => {
      const { boxId, stream } = await newBox();
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => boxes.put({ boxId, expectedRevision: 0 })),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results.slice(1)) {
        expect(result).toMatchObject({ reason: { code: 'REVISION_CONFLICT', details: { current: 1 } } });
      }
      expect(await chainOf(log, stream)).toHaveLength(2);
    });
  });

  describe('commands at once', () => {
    it('on one stream follow one another, each by an append of its own, without a conflict', async () => {
      const { boxId, stream } = await newBox();
      const results = await Promise.all(Array.from({ length: 64 }, () => boxes.put({ boxId })));
      expect(results.map(({ revision }) => revision)).toEqual(results.map((_, n) => n + 1));
      expect(await chainOf(log, stream)).toHaveLength(65);
      if (log instanceof MemoryLog)
        expect(log.answered.slice(-64)).toEqual(Array(64).fill({ stream, events: 1, stored: true }));
    });

    it('see what those before them did, though it is not durable yet', async () => {
      const { boxId, stream } = await newBox();
      const results = await Promise.allSettled([
        boxes.put({ boxId, thingId: 'x' }),
        boxes.put({ boxId, thingId: 'x' }),
        boxes.take({ boxId, thingId: 'x' }),
        boxes.take({ boxId, thingId: 'x' }),
        boxes.put({ boxId, thingId: 'x' }),
      ]);
      expect(
        results.map((result) => (result.status === 'fulfilled' ? result.value.revision : (result.reason as unknown))),
      ).toMatchObject([1, { code: 'ALREADY_THERE' }, 2, { code: 'NOT_THERE' }, 3]);
      expect(await chainOf(log, stream)).toHaveLength(4);
    });

    it('reserve as many places as they are', async () => {
      const opened = await Promise.all(Array.from({ length: 64 }, () => boxes.open({})));
      const labels = await Promise.all(opened.map(async ({ stream }) => (await chainOf(log, stream))[0].payload));
      expect(new Set(labels)).toEqual(new Set(Array.from({ length: 64 }, (_, n) => `{"label":"${n + 1}"}`)));
      expect(await chainOf(log, LABELS)).toHaveLength(64);
    });
  });

  describe('a reservation', () => {
    it('is a gap if the command is refused after it', async () => {
      await boxes.open({});
      expect((await refusalOf(boxes.open({ prefix: '!' }))).code).toBe('BAD_PREFIX');
      const { stream } = await boxes.open({});
      expect((await chainOf(log, stream))[0].payload).toBe('{"label":"3"}');
      expect(await chainOf(log, LABELS)).toHaveLength(3);
    });

    it('goes on where other writers left off', async () => {
      await boxes.open({});
      const others = new Boxes(log, logId);
      const streams: string[] = [];
      for (const opener of [others, boxes, others, boxes, boxes]) streams.push((await opener.open({})).stream);
      const labels = await Promise.all(streams.map(async (stream) => (await chainOf(log, stream))[0].payload));
      expect(labels).toEqual([2, 3, 4, 5, 6].map((n) => `{"label":"${n}"}`));
      expect(await chainOf(log, LABELS)).toHaveLength(6);
    });
  });

  describe('another writer', () => {
    it('is found out at the append: the command is decided again on what stands there', async () => {
      const { boxId, stream } = await newBox();
      await record(log, stream, [event(ThingPut, { thingId: 'x', weight: 1 })]);
      expect(await boxes.put({ boxId, thingId: 'y' })).toMatchObject({ revision: 2, repeated: false });
      await record(log, stream, [event(ThingPut, { thingId: 'z', weight: 1 })]);
      expect((await refusalOf(boxes.put({ boxId, thingId: 'z' }))).code).toBe('ALREADY_THERE');
      expect(await chainOf(log, stream)).toHaveLength(4);
    });

    it('is found out before a refusal is answered', async () => {
      const { boxId, stream } = await newBox();
      expect((await refusalOf(boxes.take({ boxId, thingId: 'x' }))).code).toBe('NOT_THERE');
      await record(log, stream, [event(ThingPut, { thingId: 'x', weight: 1 })]);
      expect(await boxes.take({ boxId, thingId: 'x' })).toMatchObject({ revision: 2 });
      await record(log, stream, [event(ThingPut, { thingId: 'x', weight: 1 })]);
      expect(await boxes.take({ boxId, thingId: 'x', expectedRevision: 3 })).toMatchObject({ revision: 4 });
    });

    it('is found out before a refusal is answered, whatever is sent behind it', async () => {
      const { boxId, stream } = await newBox();
      await boxes.put({ boxId });
      await record(log, stream, [event(ThingPut, { thingId: 'x', weight: 1 })]);
      const [taken, ...puts] = await Promise.all([
        boxes.take({ boxId, thingId: 'x' }),
        ...Array.from({ length: 5 }, () => boxes.put({ boxId })),
      ]);
      expect(taken.repeated).toBe(false);
      expect(puts).toHaveLength(5);
      expect(await chainOf(log, stream)).toHaveLength(9);
    });

    it('is found out before a subject is said not to exist', async () => {
      const boxId = uuidOf('a box of others');
      expect((await refusalOf(boxes.put({ boxId }))).code).toBe('NOT_FOUND');
      await record(log, `box-${boxId}`, [event(BoxOpened, { label: 'theirs' })]);
      expect(await boxes.put({ boxId })).toMatchObject({ revision: 1 });
    });

    it('does not slip in between commands that were decided one after another', async () => {
      const { boxId, stream } = await newBox();
      await boxes.put({ boxId, thingId: 'x' });
      await record(log, stream, [event(ThingTaken, { thingId: 'x' })]);
      const results = await Promise.allSettled([
        boxes.take({ boxId, thingId: 'x' }),
        ...Array.from({ length: 5 }, () => boxes.put({ boxId })),
      ]);
      expect(results[0]).toMatchObject({ reason: { code: 'NOT_THERE' } });
      expect(results.slice(1).map(({ status }) => status)).toEqual(Array(5).fill('fulfilled'));
      expect(await chainOf(log, stream)).toHaveLength(8);
    });

    it('and this one, both busy on one stream, break no chain and lose nothing', async () => {
      const { boxId, stream } = await newBox();
      const others = new Boxes(log, logId);
      const results = await Promise.allSettled(
        Array.from({ length: 40 }, (_, n) =>
          (n % 2 ? boxes : others).put({ commandId: `m${n}`, boxId }, n % 2 ? ann : bob),
        ),
      );
      const done = results.filter(({ status }) => status === 'fulfilled');
      expect(await chainOf(log, stream)).toHaveLength(1 + done.length);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'REVISION_CONFLICT' });
      }
      expect(done.length).toBeGreaterThan(20);
    });
  });

  describe("another stream's state", () => {
    it('is what stands in the log, and its revision is kept', async () => {
      const [box, lid] = [await newBox(), await newBox()];
      await boxes.put({ boxId: lid.boxId, thingId: 'x' });
      expect((await refusalOf(boxes.lid({ boxId: box.boxId, from: lid.boxId }))).code).toBe('LID_NOT_EMPTY');
      await record(log, lid.stream, [event(ThingTaken, { thingId: 'x' })]);
      await boxes.lid({ boxId: box.boxId, from: lid.boxId });
      const [, put] = await chainOf(log, box.stream);
      expect(JSON.parse(put.payload)).toEqual({ lid: '2', from: lid.boxId, fromRevision: 2 });
    });

    it('has no revision where there is none', async () => {
      const { boxId } = await newBox();
      expect((await refusalOf(boxes.lid({ boxId, from: uuidOf('nowhere') }))).code).toBe('NO_LID');
    });
  });
});
