import 'reflect-metadata';
import fc from 'fast-check';
import { openEnvelope } from '#event-sourcing/envelope.js';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { type DecidedEvent } from '#event-sourcing/event.js';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { Refusal } from '#event-sourcing/refusal.js';
import { loadEventSchemas } from '#event-sourcing/schema-files.js';
import { type AnySlice } from '#event-sourcing/slice.js';
import { type CommandName, commands } from '../../../test/builders/case-commands.js';
import { ann } from '../../../test/builders/actors.js';
import { caseOpened, openCase } from '../../../test/builders/case-events.js';
import { LOG_ID } from '../../../test/builders/decide.js';
import { CASE, OTHER_CASE, terms } from '../../../test/builders/ids.js';
import { MemoryLog } from '../../../test/builders/memory-log.js';
import { acceptable } from '../../../test/builders/preconditions.js';
import { anyStep, type Step } from '../../../test/builders/random-commands.js';
import { eventsIn, record } from '../../../test/builders/record.js';
import { recordedTerms } from '../../../test/builders/terms.js';
import { capabilities } from './capabilities.js';
import { caseAggregate } from './case-aggregate.js';
import { type CaseState } from './cases/case-state.js';
import { eventRegistry } from './event-classes.js';
import { AmendParty } from './parties/amend-party.js';

const registry = eventRegistry(loadEventSchemas());
const slices = new Map(capabilities.flatMap(({ slices }) => slices.map((slice) => [slice.name, slice] as const)));
const stream = `case-${CASE}`;

/** A log in which this has happened to the case, and handlers that carry out commands on it. */
async function after(events: readonly DecidedEvent[]) {
  const log = await MemoryLog.create(LOG_ID);
  await record(log, `case-${OTHER_CASE}`, [caseOpened()]);
  await record(log, `terms-${terms}`, recordedTerms);
  await record(log, stream, events);
  const newHandler = () => {
    const seen: { state?: CaseState } = {};
    const authorise = (_: unknown, { state }: { state: unknown }) => void (seen.state = state as CaseState);
    const handler = new CommandHandler({ log, registry, logId: LOG_ID, authorise });
    const send = ({ name, command, actor }: Step): Promise<CommandResult> => {
      const slice = slices.get(name) as AnySlice<CaseState>;
      return handler.execute(caseAggregate, slice, command, actor, slice.gives?.());
    };
    return { send, seen };
  };
  return { log, newHandler };
}

/** The state as whoever reads the log folds it. */
function replay(events: readonly StoredEvent[]): CaseState {
  const state = caseAggregate.initial();
  for (const stored of events) {
    const { id, type, schemaVersion, payload, revision } = stored;
    const { actor, recordedAt } = openEnvelope(stored, 0);
    const event = registry.decode(type, schemaVersion, payload) as never;
    caseAggregate.evolutions.get(type)!(state, event, { id, revision, actor, recordedAt });
  }
  return state;
}

/** Sends the commands one after another; answers those that were carried out. */
async function sendAll(send: (step: Step) => Promise<CommandResult>, steps: readonly Step[]): Promise<Step[]> {
  const done: Step[] = [];
  for (const step of steps) {
    try {
      await send(step);
      done.push(step);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return done;
}

describe('the same commandId twice adds nothing', () => {
  it.each(Object.keys(commands) as CommandName[])('%s', async (name) => {
    const { events, actor, command } = acceptable(name, 'full');
    const { log, newHandler } = await after(events);
    const { send } = newHandler();
    const step = { name, command, actor };
    const [first, ...atOnce] = await Promise.all([send(step), send(step), send(step)]);
    const stored = await eventsIn(log, stream);
    const head = await log.head();
    expect(stored).toHaveLength(events.length + 1);
    // What is claimed beside it may come later.
    const { sequence } = stored.at(-1)!;
    expect(first).toMatchObject({ repeated: false, revision: events.length, sequence });
    for (const again of [...atOnce, await send(step), await newHandler().send(step)]) {
      expect(again).toEqual({ ...first, repeated: true });
    }
    expect(await eventsIn(log, stream)).toEqual(stored);
    expect(await log.head()).toEqual(head);
  });
});

describe('the same commandId with other content', () => {
  /** What makes no other command of it. */
  const apart = ['commandId', 'expectedRevision', 'correlationId'];
  /** The case is another stream: there the id was never used. */
  const addresses = ['caseId'];

  it.each(Object.keys(commands) as CommandName[])('%s: whatever field differs', async (name) => {
    const { events, actor, command } = acceptable(name, 'full');
    const { log, newHandler } = await after(events);
    const { send } = newHandler();
    await send({ name, command, actor });
    const head = await log.head();
    const fields = Object.keys(command).filter((field) => ![...apart, ...addresses].includes(field));
    expect(fields.length).toBeGreaterThan(0);
    const like = (over: object): typeof command =>
      Object.assign(Object.create(Object.getPrototypeOf(command) as object) as typeof command, command, over);
    for (const field of fields) {
      const other = like({ [field]: 'other' });
      await expect(send({ name, command: other, actor })).rejects.toMatchObject({ code: 'COMMAND_REUSED' });
    }
    const again = like({ expectedRevision: 99, correlationId: 'other' });
    expect(await send({ name, command: again, actor })).toMatchObject({ repeated: true });
    expect(await log.head()).toEqual(head);
  });

  it('is told apart from another command whose fields are the same', async () => {
    const { newHandler } = await after([caseOpened()]);
    const { send } = newHandler();
    const command = commands.addParty.full();
    await send({ name: 'addParty', command, actor: ann });
    const amending = send({ name: 'amendParty', command: Object.assign(new AmendParty(), command), actor: ann });
    await expect(amending).rejects.toMatchObject({ code: 'COMMAND_REUSED' });
  });
});

describe('whatever is sent, in whatever order', () => {
  const steps = fc.array(anyStep(), { minLength: 10, maxLength: 60, size: 'max' });

  it('replaying twice yields equal states, and they are the state that was decided on', async () => {
    let carriedOut = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const { log, newHandler } = await after(openCase);
        const { send, seen } = newHandler();
        carriedOut += (await sendAll(send, sequence)).length;
        const stored = await eventsIn(log, stream);
        const replayed = replay(stored);
        expect(replay(stored)).toStrictEqual(replayed);
        expect(seen.state).toStrictEqual(replayed);
      }),
      { numRuns: 200 },
    );
    // Else the property would hold of nothing.
    expect(carriedOut).toBeGreaterThan(500);
  });

  it('sending all of it again adds nothing, from memory or from the log', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const { log, newHandler } = await after(openCase);
        const { send } = newHandler();
        const done = await sendAll(send, sequence);
        const head = await log.head();
        for (const handler of [{ send }, newHandler()]) {
          for (const step of done) expect(await handler.send(step)).toMatchObject({ repeated: true });
        }
        expect(await log.head()).toEqual(head);
      }),
      { numRuns: 50 },
    );
  });

  it('what is refused leaves no trace in the state', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const { log, newHandler } = await after(openCase);
        const { send, seen } = newHandler();
        for (const step of sequence) {
          const before = replay(await eventsIn(log, stream));
          await send(step).catch(() => expect(seen.state).toStrictEqual(before));
        }
      }),
      { numRuns: 20 },
    );
  });
});
