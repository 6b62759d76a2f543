import { event, handlersByType, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Aggregate, type CommandFields, evolve, slice } from '#event-sourcing/slice.js';

/** A box that things are put into: the smallest aggregate that has everything the kernel knows. */
export interface Box {
  label: string;
  lid: string | undefined;
  things: Map<string, { weight: number; revision: number }>;
}

@StoredEvent<BoxOpened>('BoxOpened', { version: 1, summary: ({ label }) => `Box ${label}` })
export class BoxOpened {
  label!: string;
}

@StoredEvent<ThingPut>('ThingPut', { version: 1, summary: ({ thingId }) => `Put ${thingId}` })
export class ThingPut {
  thingId!: string;
  weight!: number;
}

@StoredEvent<ThingTaken>('ThingTaken', { version: 1, summary: ({ thingId }) => `Took ${thingId}` })
export class ThingTaken {
  thingId!: string;
}

@StoredEvent<LidPut>('LidPut', { version: 1, summary: ({ lid }) => `Lid ${lid}` })
export class LidPut {
  lid!: string;
  /** The lid's own box, and its revision when that was decided. */
  from!: string;
  fromRevision!: number;
}

@StoredEvent<LabelReserved>('LabelReserved', { version: 1, summary: ({ label }) => `Label ${label}` })
export class LabelReserved {
  label!: string;
}

export const boxEvents = [BoxOpened, ThingPut, ThingTaken, LidPut, LabelReserved];

abstract class OnBox implements CommandFields {
  commandId!: string;
  correlationId?: string | null;
  expectedRevision?: number | null;
  boxId?: string | null;
}
export class OpenBox extends OnBox {
  /** A label that starts with "!" is refused: after it was reserved. */
  prefix = '';
}
export class PutThing extends OnBox {
  thingId?: string | null;
  weight = 1;
}
export class TakeThing extends OnBox {
  thingId!: string;
}
/** Puts and takes a thing at once: two events. */
export class Touch extends OnBox {
  thingId!: string;
}
export class Idle extends OnBox {}
export class PutLid extends OnBox {
  from!: string;
}

export const boxAggregate: Aggregate<Box> = {
  category: 'box',
  initial: () => ({ label: '', lid: undefined, things: new Map() }),
  evolutions: handlersByType([
    evolve(BoxOpened, (box: Box, { label }) => {
      box.label = label;
    }),
    evolve(ThingPut, (box: Box, { thingId, weight }, { revision }) => {
      box.things.set(thingId, { weight, revision });
    }),
    evolve(ThingTaken, (box: Box, { thingId }) => {
      box.things.delete(thingId);
    }),
    evolve(LidPut, (box: Box, { lid }) => {
      box.lid = lid;
    }),
  ]),
  subjectOf: (command) => (command as OnBox).boxId ?? undefined,
  missing: (id) => refuse('NOT_FOUND', `There is no box ${id}.`),
  revisionOf: (command, { things }) => things.get((command as PutThing).thingId ?? '')?.revision,
  without: (box, hidden) => ({ ...box, things: new Map([...box.things].filter(([id]) => !hidden.has(id))) }),
};

export const LABELS = 'label-all';

export const openBox = slice<Box, OpenBox>(
  OpenBox,
  ({ prefix }, _box, { needed }) => {
    if (prefix.startsWith('!')) refuse('BAD_PREFIX', 'A label does not start with an exclamation mark.');
    return [event(BoxOpened, { label: `${prefix}${needed.label.revision + 1}` })];
  },
  {
    creates: true,
    needs: () => ({
      label: {
        kind: 'reservation',
        stream: LABELS,
        event: (revision) => event(LabelReserved, { label: `${revision + 1}` }),
      },
    }),
  },
);

export const putThing = slice<Box, PutThing>(PutThing, ({ thingId, weight }, box, { newId }) => {
  const id = thingId ?? newId();
  if (box.things.has(id)) refuse('ALREADY_THERE', `The thing ${id} is there already.`);
  if (box.things.size >= 500) refuse('FULL', 'The box is full.');
  return [event(ThingPut, { thingId: id, weight })];
});

export const takeThing = slice<Box, TakeThing>(TakeThing, ({ thingId }, box) => {
  if (!box.things.has(thingId)) refuse('NOT_THERE', `The thing ${thingId} is not there.`);
  return [event(ThingTaken, { thingId })];
});

export const touch = slice<Box, Touch>(Touch, ({ thingId }) => [
  event(ThingPut, { thingId, weight: 1 }),
  event(ThingTaken, { thingId }),
]);

export const idle = slice<Box, Idle>(Idle, () => []);

/** A lid is a box of its own, which must be empty. */
export const putLid = slice<Box, PutLid>(
  PutLid,
  ({ from }, _box, { needed }) => {
    const { state, revision } = needed.lid;
    const { label, things } = state as Box;
    if (revision < 0) refuse('NO_LID', `There is no box ${from}.`);
    if (things.size > 0) refuse('LID_NOT_EMPTY', `The box ${from} holds something.`);
    return [event(LidPut, { lid: label, from, fromRevision: revision })];
  },
  { needs: ({ from }) => ({ lid: { kind: 'state', aggregate: boxAggregate, subjectId: from } }) },
);
