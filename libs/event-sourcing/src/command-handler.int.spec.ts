import { ann, annsOtherKey, bob } from '../../../test/builders/actors.js';
import { Boxes } from '../../../test/builders/boxes.js';
import { chainOf } from '../../../test/builders/chain.js';
import { onEachLog } from '../../../test/builders/on-each-log.js';
import { refusalOf } from '../../../test/builders/refusal.js';
import { sha256, thingId, uuidOf } from './hash.js';
import { canonicalJson } from './canonical.js';

onEachLog((here) => {
  const { newBox, sequenceNow } = here;

  describe('a command', () => {
    it('is answered with what it led to, where it stands, once it is durable', async () => {
      const opened = await here.boxes.open({ commandId: 'c1' });
      const boxId = uuidOf(here.logId, 'box', 'ann', 'c1');
      const stream = `box-${boxId}`;
      const id = uuidOf(here.logId, stream, 'ann', 'c1', 'event', 0);
      const sequence = await sequenceNow();
      expect(opened).toEqual({
        subjectId: boxId,
        stream,
        events: [{ id, type: 'BoxOpened', revision: 0, sequence }],
        revision: 0,
        sequence,
        repeated: false,
      });
      expect(await here.boxes.touch({ boxId, thingId: 'x' })).toMatchObject({
        events: [
          { type: 'ThingPut', revision: 1, sequence: sequence + 1 },
          { type: 'ThingTaken', revision: 2, sequence: sequence + 2 },
        ],
        revision: 2,
        sequence: sequence + 2,
      });
      expect((await chainOf(here.log, stream)).map(({ id: stored }) => stored)[0]).toBe(id);
    });

    it('leaves who, when and which command in the envelope, and facts alone in the payload', async () => {
      const clock = () => new Date('2025-01-24T09:30:00.000Z');
      here.boxes = new Boxes(here.log, here.logId, { clock });
      const { stream, subjectId: boxId } = await here.boxes.open({ commandId: 'c1' });
      await here.boxes.put({ commandId: 'c2', correlationId: 'move', boxId, expectedRevision: 0 }, annsOtherKey);
      const [first, second] = await chainOf(here.log, stream);
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
      const created = thingId({ logId: here.logId, stream, actorId: 'ann', commandId: 'c2' });
      expect(second.payload).toBe(`{"thingId":"${created}","weight":1}`);
    });

    it('is refused on a subject that does not exist, and on a taken id where it creates one', async () => {
      const { boxId } = await newBox();
      const before = await sequenceNow();
      const elsewhere = uuidOf('nowhere');
      expect((await refusalOf(here.boxes.put({ boxId: elsewhere }))).code).toBe('NOT_FOUND');
      expect((await refusalOf(here.boxes.put({ boxId: elsewhere }))).code).toBe('NOT_FOUND');
      expect((await refusalOf(here.boxes.open({ boxId }))).code).toBe('ALREADY_EXISTS');
      expect(await sequenceNow()).toBe(before);
    });

    it('is an error if it decides nothing', async () => {
      const { boxId } = await newBox();
      await expect(here.boxes.idle({ boxId })).rejects.toThrow('idle decided nothing; it must refuse by name instead.');
    });
  });

  describe('the same command again', () => {
    it('is answered with the first result: at once, while in flight, later, and by another handler', async () => {
      const { boxId, stream } = await newBox();
      const command = { commandId: 'same', boxId, thingId: 'x' };
      const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => here.boxes.touch(command)));
      await here.boxes.put({ boxId });
      others.push(await here.boxes.touch(command), await new Boxes(here.log, here.logId).touch(command));
      expect(first.repeated).toBe(false);
      for (const again of others) expect(again).toEqual({ ...first, repeated: true });
      expect(await chainOf(here.log, stream)).toHaveLength(4);
    });

    it('is recognised though it expects another revision, and belongs to another undertaking', async () => {
      const { boxId } = await newBox();
      const command = { commandId: 'same', boxId, thingId: 'x' };
      const first = await here.boxes.put({ ...command, expectedRevision: 0, correlationId: 'a' });
      const again = await here.boxes.put({ ...command, expectedRevision: 99, correlationId: 'b' });
      expect(again).toEqual({ ...first, repeated: true });
    });

    it('is recognised from the same person with another key, and never from another person', async () => {
      const { boxId, stream } = await newBox();
      const command = { commandId: 'same', boxId };
      const anns = await here.boxes.put(command, ann);
      expect(await here.boxes.put(command, annsOtherKey)).toEqual({ ...anns, repeated: true });
      const bobs = await here.boxes.put(command, bob);
      expect(bobs.repeated).toBe(false);
      const things = (await chainOf(here.log, stream)).map(({ payload }) => payload);
      expect(new Set(things).size).toBe(3);
    });

    it('creates one subject, whoever asks how often at once', async () => {
      const command = { commandId: 'same' };
      const opened = await Promise.all([1, 2, 3].map(() => here.boxes.open(command)));
      const { stream } = opened[0];
      expect(new Set(opened.map((result) => result.stream))).toEqual(new Set([stream]));
      expect(await chainOf(here.log, stream)).toHaveLength(1);
      expect((await here.boxes.open(command, bob)).stream).not.toBe(stream);
    });

    it.each([
      ['other content', (boxId: string) => here.boxes.put({ commandId: 'same', boxId, thingId: 'x', weight: 2 })],
      [
        'another command of the same content',
        (boxId: string) => here.boxes.take({ commandId: 'same', boxId, thingId: 'x', weight: 1 } as never),
      ],
    ])('is COMMAND_REUSED with %s', async (__, send) => {
      const { boxId } = await newBox();
      await here.boxes.put({ commandId: 'same', boxId, thingId: 'x' });
      const before = await sequenceNow();
      expect((await refusalOf(send(boxId))).code).toBe('COMMAND_REUSED');
      expect(await sequenceNow()).toBe(before);
    });

    it('is of the same content if only a field is left out that is what it would be by itself', async () => {
      const { boxId } = await newBox();
      const first = await here.boxes.put({ commandId: 'same', boxId, weight: 1 });
      // As software hashes it that does not have the field yet.
      const again = await here.boxes.put({ commandId: 'same', boxId, weight: undefined });
      expect(again).toEqual({ ...first, repeated: true });
    });

    it('is of the same content if only an absent member is null or omitted', async () => {
      const { boxId } = await newBox();
      const first = await here.boxes.put({ commandId: 'same', boxId, thingId: null });
      expect(await here.boxes.put({ commandId: 'same', boxId })).toEqual({ ...first, repeated: true });
    });
  });

  describe('an expected revision', () => {
    it('is that of the record, if the command names one that is there', async () => {
      const { boxId } = await newBox();
      await here.boxes.put({ boxId, thingId: 'x' });
      await here.boxes.put({ boxId, thingId: 'y' });
      const refusal = await refusalOf(here.boxes.take({ boxId, thingId: 'x', expectedRevision: 2 }));
      expect(refusal).toMatchObject({ code: 'REVISION_CONFLICT', details: { current: 1 } });
      expect(await here.boxes.take({ boxId, thingId: 'x', expectedRevision: 1 })).toMatchObject({ revision: 3 });
    });

    it('is that of the whole otherwise', async () => {
      const { boxId } = await newBox();
      await here.boxes.put({ boxId, thingId: 'x' });
      const refusal = await refusalOf(here.boxes.put({ boxId, expectedRevision: 0 }));
      expect(refusal).toMatchObject({ code: 'REVISION_CONFLICT', details: { current: 1 } });
      expect(refusal.message).toContain('is at revision 1 now, not 0');
      expect(await here.boxes.put({ boxId, expectedRevision: 1 })).toMatchObject({ revision: 2 });
      expect(await here.boxes.put({ boxId, expectedRevision: null })).toMatchObject({ revision: 3 });
    });

    it('lets one of many win', async () => {
      const { boxId, stream } = await newBox();
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => here.boxes.put({ boxId, expectedRevision: 0 })),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results.slice(1)) {
        expect(result).toMatchObject({ reason: { code: 'REVISION_CONFLICT', details: { current: 1 } } });
      }
      expect(await chainOf(here.log, stream)).toHaveLength(2);
    });
  });
});
