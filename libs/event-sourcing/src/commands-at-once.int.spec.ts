import { ann, bob } from '../../../test/builders/actors.js';
import { BoxOpened, LABELS, ThingPut, ThingTaken } from '../../../test/builders/box.js';
import { Boxes } from '../../../test/builders/boxes.js';
import { chainOf } from '../../../test/builders/chain.js';
import { MemoryLog } from '../../../test/builders/memory-log.js';
import { onEachLog } from '../../../test/builders/on-each-log.js';
import { record } from '../../../test/builders/record.js';
import { refusalOf } from '../../../test/builders/refusal.js';
import { event } from './event.js';
import { uuidOf } from './hash.js';

/** Commands at once, of one handler and of several writers. */
onEachLog((here) => {
  const { newBox } = here;

  describe('commands at once', () => {
    it('on one stream follow one another, each by an append of its own, without a conflict', async () => {
      const { boxId, stream } = await newBox();
      const results = await Promise.all(Array.from({ length: 64 }, () => here.boxes.put({ boxId })));
      expect(results.map(({ revision }) => revision)).toEqual(results.map((_, n) => n + 1));
      expect(await chainOf(here.log, stream)).toHaveLength(65);
      if (here.log instanceof MemoryLog)
        expect(here.log.answered.slice(-64)).toEqual(Array(64).fill({ stream, events: 1, stored: true }));
    });

    it('see what those before them did, though it is not durable yet', async () => {
      const { boxId, stream } = await newBox();
      const results = await Promise.allSettled([
        here.boxes.put({ boxId, thingId: 'x' }),
        here.boxes.put({ boxId, thingId: 'x' }),
        here.boxes.take({ boxId, thingId: 'x' }),
        here.boxes.take({ boxId, thingId: 'x' }),
        here.boxes.put({ boxId, thingId: 'x' }),
      ]);
      expect(
        results.map((result) => (result.status === 'fulfilled' ? result.value.revision : (result.reason as unknown))),
      ).toMatchObject([1, { code: 'ALREADY_THERE' }, 2, { code: 'NOT_THERE' }, 3]);
      expect(await chainOf(here.log, stream)).toHaveLength(4);
    });

    it('follow one another in the order in which they were sent, also while their stream is being read', async () => {
      const { boxId, stream } = await newBox();
      const cold = new Boxes(here.log, here.logId);
      const puts: ReturnType<typeof cold.put>[] = [];
      /** One at each turn from the end of the reading on. */
      const sendOneATurn = async (): Promise<void> => {
        for (let turn = 0; turn < 30; turn++) {
          puts.push(cold.put({ boxId }));
          await Promise.resolve();
        }
      };
      const { log } = here;
      const readStream = log.readStream.bind(log);
      let sent: Promise<void> | undefined;
      jest.spyOn(log, 'readStream').mockImplementation(async function* (name, options) {
        yield* readStream(name, options);
        if (name === stream) sent ??= sendOneATurn();
      });
      puts.push(cold.put({ boxId }));
      await puts[0];
      await sent;
      const revisions = (await Promise.all(puts)).map(({ revision }) => revision);
      expect(revisions).toEqual(Array.from({ length: 31 }, (_, n) => n + 1));
    });

    it('reserve as many places as they are', async () => {
      const opened = await Promise.all(Array.from({ length: 64 }, () => here.boxes.open({})));
      const labels = await Promise.all(opened.map(async ({ stream }) => (await chainOf(here.log, stream))[0].payload));
      expect(new Set(labels)).toEqual(new Set(Array.from({ length: 64 }, (_, n) => `{"label":"${n + 1}"}`)));
      expect(await chainOf(here.log, LABELS)).toHaveLength(64);
    });
  });

  describe('a reservation', () => {
    it('is a gap if the command is refused after it', async () => {
      await here.boxes.open({});
      expect((await refusalOf(here.boxes.open({ prefix: '!' }))).code).toBe('BAD_PREFIX');
      const { stream } = await here.boxes.open({});
      expect((await chainOf(here.log, stream))[0].payload).toBe('{"label":"3"}');
      expect(await chainOf(here.log, LABELS)).toHaveLength(3);
    });

    it('goes on where other writers left off', async () => {
      await here.boxes.open({});
      const others = new Boxes(here.log, here.logId);
      const streams: string[] = [];
      for (const opener of [others, here.boxes, others, here.boxes, here.boxes])
        streams.push((await opener.open({})).stream);
      const labels = await Promise.all(streams.map(async (stream) => (await chainOf(here.log, stream))[0].payload));
      expect(labels).toEqual([2, 3, 4, 5, 6].map((n) => `{"label":"${n}"}`));
      expect(await chainOf(here.log, LABELS)).toHaveLength(6);
    });
  });

  describe('another writer', () => {
    it('is found out at the append: the command is decided again on what stands there', async () => {
      const { boxId, stream } = await newBox();
      await record(here.log, stream, [event(ThingPut, { thingId: 'x', weight: 1 })]);
      expect(await here.boxes.put({ boxId, thingId: 'y' })).toMatchObject({ revision: 2, repeated: false });
      await record(here.log, stream, [event(ThingPut, { thingId: 'z', weight: 1 })]);
      expect((await refusalOf(here.boxes.put({ boxId, thingId: 'z' }))).code).toBe('ALREADY_THERE');
      expect(await chainOf(here.log, stream)).toHaveLength(4);
    });

    it('is found out before a refusal is answered', async () => {
      const { boxId, stream } = await newBox();
      expect((await refusalOf(here.boxes.take({ boxId, thingId: 'x' }))).code).toBe('NOT_THERE');
      await record(here.log, stream, [event(ThingPut, { thingId: 'x', weight: 1 })]);
      expect(await here.boxes.take({ boxId, thingId: 'x' })).toMatchObject({ revision: 2 });
      await record(here.log, stream, [event(ThingPut, { thingId: 'x', weight: 1 })]);
      expect(await here.boxes.take({ boxId, thingId: 'x', expectedRevision: 3 })).toMatchObject({ revision: 4 });
    });

    it('is found out before a refusal is answered, whatever is sent behind it', async () => {
      const { boxId, stream } = await newBox();
      await here.boxes.put({ boxId });
      await record(here.log, stream, [event(ThingPut, { thingId: 'x', weight: 1 })]);
      const [taken, ...puts] = await Promise.all([
        here.boxes.take({ boxId, thingId: 'x' }),
        ...Array.from({ length: 5 }, () => here.boxes.put({ boxId })),
      ]);
      expect(taken.repeated).toBe(false);
      expect(puts).toHaveLength(5);
      expect(await chainOf(here.log, stream)).toHaveLength(9);
    });

    it('is found out before a subject is said not to exist', async () => {
      const boxId = uuidOf('a box of others');
      expect((await refusalOf(here.boxes.put({ boxId }))).code).toBe('NOT_FOUND');
      await record(here.log, `box-${boxId}`, [event(BoxOpened, { label: 'theirs' })]);
      expect(await here.boxes.put({ boxId })).toMatchObject({ revision: 1 });
    });

    it('does not slip in between commands that were decided one after another', async () => {
      const { boxId, stream } = await newBox();
      await here.boxes.put({ boxId, thingId: 'x' });
      await record(here.log, stream, [event(ThingTaken, { thingId: 'x' })]);
      const results = await Promise.allSettled([
        here.boxes.take({ boxId, thingId: 'x' }),
        ...Array.from({ length: 5 }, () => here.boxes.put({ boxId })),
      ]);
      expect(results[0]).toMatchObject({ reason: { code: 'NOT_THERE' } });
      expect(results.slice(1).map(({ status }) => status)).toEqual(Array(5).fill('fulfilled'));
      expect(await chainOf(here.log, stream)).toHaveLength(8);
    });

    it('and this one, both busy on one stream, break no chain and lose nothing', async () => {
      const { boxId, stream } = await newBox();
      const others = new Boxes(here.log, here.logId);
      const results = await Promise.allSettled(
        Array.from({ length: 40 }, (_, n) =>
          (n % 2 ? here.boxes : others).put({ commandId: `m${n}`, boxId }, n % 2 ? ann : bob),
        ),
      );
      const done = results.filter(({ status }) => status === 'fulfilled');
      expect(await chainOf(here.log, stream)).toHaveLength(1 + done.length);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'REVISION_CONFLICT' });
      }
      expect(done.length).toBeGreaterThan(20);
    });
  });

  describe("another stream's state", () => {
    it('is what stands in the log, and its revision is kept', async () => {
      const [box, lid] = [await newBox(), await newBox()];
      await here.boxes.put({ boxId: lid.boxId, thingId: 'x' });
      expect((await refusalOf(here.boxes.lid({ boxId: box.boxId, from: lid.boxId }))).code).toBe('LID_NOT_EMPTY');
      await record(here.log, lid.stream, [event(ThingTaken, { thingId: 'x' })]);
      await here.boxes.lid({ boxId: box.boxId, from: lid.boxId });
      const [, put] = await chainOf(here.log, box.stream);
      expect(JSON.parse(put.payload)).toEqual({ lid: '2', from: lid.boxId, fromRevision: 2 });
    });

    it('has no revision where there is none', async () => {
      const { boxId } = await newBox();
      expect((await refusalOf(here.boxes.lid({ boxId, from: uuidOf('nowhere') }))).code).toBe('NO_LID');
    });
  });
});
