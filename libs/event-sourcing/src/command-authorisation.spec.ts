import { randomUUID } from 'node:crypto';
import { ann, bob } from '../../../test/builders/actors.js';
import { LABELS } from '../../../test/builders/box.js';
import { Boxes, type BoxInLog, boxInLog } from '../../../test/builders/boxes.js';
import { chainOf } from '../../../test/builders/chain.js';
import { refusalOf } from '../../../test/builders/refusal.js';
import { type AttemptOptions, type Authorise } from './command-attempt.js';
import { refuse } from './refusal.js';

let { log, logId, boxes, boxId } = {} as BoxInLog;
beforeEach(async () => {
  ({ log, logId, boxes, boxId } = await boxInLog());
});

describe('the authorisation of a command', () => {
  const forbidBob: AttemptOptions['authorise'] = (actor) => {
    if (actor.id === 'bob') refuse('FORBIDDEN', 'Not Bob.');
  };

  it('comes before everything that could be learned', async () => {
    boxes = new Boxes(log, logId, { authorise: forbidBob });
    const command = { commandId: 'same', boxId };
    await new Boxes(log, logId).put(command, bob);
    for (const send of [
      () => boxes.put(command, bob),
      () => boxes.put({ ...command, weight: 2 }, bob),
      () => boxes.put({ boxId, expectedRevision: 77 }, bob),
      () => boxes.put({ boxId: 'nowhere' }, bob),
      () => boxes.open({ boxId }, bob),
    ]) {
      expect((await refusalOf(send())).code).toBe('FORBIDDEN');
    }
    expect(await boxes.put({ boxId }, ann)).toMatchObject({ revision: 2 });
  });

  it('comes before a place is reserved', async () => {
    boxes = new Boxes(log, logId, { authorise: forbidBob });
    await refusalOf(boxes.open({}, bob));
    expect(await chainOf(log, LABELS)).toHaveLength(1);
  });

  it('is asked with the actor, the command and the state', async () => {
    const asked: unknown[] = [];
    const authorise: Authorise = (actor, { missing: _, withTheirs: __, command, slice, ...request }) =>
      void asked.push(structuredClone([actor, request, Object.entries(command), slice.creates]));
    boxes = new Boxes(log, logId, { authorise });
    await boxes.put({ boxId, thingId: 'x' });
    const state = { label: '1', lid: undefined, things: new Map() };
    const request = { category: 'box', name: 'putThing', subjectId: boxId, state, exists: true };
    expect(asked).toMatchObject([[ann, request, expect.arrayContaining([['thingId', 'x']]), undefined]]);
  });

  it('can say which things do not exist for the actor: they are refused as if they did not', async () => {
    await boxes.put({ boxId, thingId: 'seen' });
    await boxes.put({ boxId, thingId: 'hidden' });
    boxes = new Boxes(log, logId, { authorise: () => new Set(['hidden']) });
    for (const expectedRevision of [undefined, 1, 2, 7]) {
      const never = await refusalOf(boxes.take({ boxId, thingId: 'never', expectedRevision }));
      const hidden = await refusalOf(boxes.take({ boxId, thingId: 'hidden', expectedRevision }));
      expect([hidden.code, hidden.message.replace('hidden', 'never')]).toEqual([never.code, never.message]);
      expect(hidden.details).toEqual(never.details);
    }
    expect(await boxes.take({ boxId, thingId: 'seen' })).toMatchObject({ repeated: false });
  });

  it('leaves to a slice that says so to decide by those as well, and by them alone', async () => {
    await boxes.put({ boxId, thingId: 'hidden' });
    boxes = new Boxes(log, logId, { authorise: () => new Set(['hidden']) });
    // The revision that it was put at is not told.
    const refused = await refusalOf(boxes.takeAny({ boxId, thingId: 'hidden', expectedRevision: 7 }));
    const never = await refusalOf(boxes.takeAny({ boxId, thingId: 'never', expectedRevision: 7 }));
    await boxes.put({ boxId, thingId: 'later' });
    expect([refused.code, refused.details]).toEqual([never.code, never.details]);
    expect((await refusalOf(boxes.take({ boxId, thingId: 'hidden' }))).code).toBe('NOT_THERE');
    expect(await boxes.takeAny({ boxId, thingId: 'hidden' })).toMatchObject({ repeated: false });
  });

  it('refuses a subject that exists in the words of one that does not', async () => {
    boxes = new Boxes(log, logId, { authorise: (_actor, { missing }) => missing() });
    const there = await refusalOf(boxes.put({ boxId, thingId: 'x' }));
    boxes = new Boxes(log, logId, {});
    const other = randomUUID();
    const missing = await refusalOf(boxes.put({ boxId: other, thingId: 'x' }));
    expect([there.code, there.message.replace(boxId, other)]).toEqual([missing.code, missing.message]);
  });
});
