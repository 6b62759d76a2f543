import 'reflect-metadata';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { loadEventSchemas } from '#event-sourcing/schema-files.js';
import { type AnySlice } from '#event-sourcing/slice.js';
import { ann, asInvestigator, bob } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseMerged, caseOpened, closedCase, openCase } from '../../../../test/builders/case-events.js';
import { caseRestricted } from '../../../../test/builders/access-events.js';
import { by, fold, given, LOG_ID } from '../../../../test/builders/decide.js';
import { CASE, OTHER_CASE } from '../../../../test/builders/ids.js';
import { MemoryLog } from '../../../../test/builders/memory-log.js';
import { eventsIn, record } from '../../../../test/builders/record.js';
import { refusalFrom, refusalOf } from '../../../../test/builders/refusal.js';
import { capabilities } from '../capabilities.js';
import { caseAggregate } from '../case-aggregate.js';
import { type CaseState } from '../cases/case-state.js';
import { eventRegistry } from '../event-classes.js';
import { addNote } from '../notes/add-note.js';
import { CLAIM_HOLDS } from '../pending-claim.js';
import { mergeCase } from './merge-case.js';
import { CaseUnmerged, unmergeCase } from './unmerge-case.js';
import { event } from '#event-sourcing/event.js';

const registry = eventRegistry(loadEventSchemas());
const THIRD_CASE = '00000001-0000-4000-8000-000000000003';
const inquirer = asInvestigator(ann);

let log: MemoryLog;
let now: number;
let handler: CommandHandler;
const another = () =>
  new CommandHandler({ log, registry, logId: LOG_ID, authorise: () => undefined, clock: () => new Date(now) });
beforeEach(async () => {
  log = await MemoryLog.create(LOG_ID);
  now = Date.parse('2025-01-24T09:30:00Z');
  handler = another();
  for (const id of [CASE, OTHER_CASE, THIRD_CASE]) await record(log, `case-${id}`, [caseOpened()]);
});

let sent = 0;
const send = (slice: AnySlice<CaseState>, command: object, through = handler, actor = inquirer) =>
  through.execute(caseAggregate, slice, { commandId: `c${++sent}`, ...command }, actor);
const merge = (caseId: string, intoCaseId: string, over: object = {}, through = handler): Promise<CommandResult> =>
  send(mergeCase, { caseId, intoCaseId, ...over }, through);
const part = (caseId: string) => send(unmergeCase, { caseId });
const code = async (outcome: Promise<unknown>): Promise<string> => (await refusalOf(outcome)).code;

describe('mergeCase', () => {
  it('records one event, in the case that is merged', async () => {
    const others = await eventsIn(log, `case-${OTHER_CASE}`);
    await merge(CASE, OTHER_CASE, { reason: 'The same.' });
    const { type, payload } = (await eventsIn(log, `case-${CASE}`)).at(-1)!;
    expect([type, JSON.parse(payload)]).toEqual([
      'CaseMergedInto',
      { intoCaseId: OTHER_CASE, claim: 0, reason: 'The same.' },
    ]);
    expect(await eventsIn(log, `case-${OTHER_CASE}`)).toEqual(others);
  });

  it('answers in the same words where there is no such case and where one need not know of it', async () => {
    const hidden = '00000001-0000-4000-8000-000000000004';
    await record(log, `case-${hidden}`, [by(bob, caseOpened({ restricted: true }))]);
    const missing = '00000001-0000-4000-8000-000000000005';
    const refusals = await Promise.all([hidden, missing].map((id) => refusalOf(merge(CASE, id))));
    expect(refusals.map(({ code }) => code)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(refusals.map(({ message }) => message)).toEqual([hidden, missing].map((id) => `There is no case ${id}.`));
    expect(await eventsIn(log, 'merging-cases')).toEqual([]);
  });

  it('makes no chain and no circle, whichever comes first', async () => {
    expect(await code(merge(CASE, CASE))).toBe('SAME_CASE');
    await merge(CASE, OTHER_CASE);
    expect(await code(merge(OTHER_CASE, CASE))).toBe('HAS_MERGED_CASES');
    expect(await code(merge(THIRD_CASE, CASE))).toBe('MERGED_ELSEWHERE');
    expect(await code(merge(OTHER_CASE, THIRD_CASE))).toBe('HAS_MERGED_CASES');
    await merge(THIRD_CASE, OTHER_CASE);
  });

  it('makes no chain and no circle of commands sent at once, from one process or from two', async () => {
    for (let round = 0; round < 20; round++) {
      const outcomes = await Promise.allSettled([
        merge(CASE, OTHER_CASE),
        merge(OTHER_CASE, THIRD_CASE, {}, another()),
        merge(THIRD_CASE, CASE, {}, round % 2 ? handler : another()),
      ]);
      const states = await Promise.all([CASE, OTHER_CASE, THIRD_CASE].map(stateOf));
      const merged = states.flatMap((state, n) => (state.merge.into ? [{ n, into: state.merge.into }] : []));
      expect(merged).toHaveLength(outcomes.filter(({ status }) => status === 'fulfilled').length);
      for (const { into } of merged) {
        expect(states[[CASE, OTHER_CASE, THIRD_CASE].indexOf(into)].merge.into).toBeUndefined();
      }
      for (const { n } of merged) await part([CASE, OTHER_CASE, THIRD_CASE][n]);
      now += CLAIM_HOLDS;
    }
  });

  it('makes no chain and no circle of two of the same case sent at once, also later', async () => {
    for (let round = 0; round < 10; round++) {
      const outcomes = await Promise.allSettled([
        merge(CASE, OTHER_CASE),
        merge(CASE, THIRD_CASE, {}, round % 2 ? handler : another()),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const { into } = (await stateOf(CASE)).merge;
      const third = into === OTHER_CASE ? THIRD_CASE : OTHER_CASE;
      for (let later = 0; later < 2; later++) {
        expect(await code(merge(into!, third))).toBe('HAS_MERGED_CASES');
        expect(await code(merge(into!, CASE))).toBe('HAS_MERGED_CASES');
        expect(await code(merge(third, CASE))).toBe('MERGED_ELSEWHERE');
        now += CLAIM_HOLDS;
      }
      await part(CASE);
    }
  });

  it('that ended halfway holds up what would make a chain of it for a minute, and nothing else', async () => {
    log.failNext(`case-${CASE}`, new LogUnavailable('The disk is full.'));
    await expect(merge(CASE, OTHER_CASE)).rejects.toThrow('The disk is full.');
    expect(await code(merge(OTHER_CASE, THIRD_CASE))).toBe('MERGE_CLAIMED');
    await merge(THIRD_CASE, OTHER_CASE);
    await part(THIRD_CASE);
    now += CLAIM_HOLDS;
    await merge(OTHER_CASE, THIRD_CASE);
  });

  it('is open to all again as soon as it is undone', async () => {
    await merge(CASE, OTHER_CASE);
    await part(CASE);
    await merge(OTHER_CASE, CASE);
    await part(OTHER_CASE);
    await merge(CASE, THIRD_CASE);
  });

  it('sent again after a crash is carried out once', async () => {
    log.failNext(`case-${CASE}`, new LogUnavailable('The disk is full.'));
    await expect(merge(CASE, OTHER_CASE, { commandId: 'same' })).rejects.toThrow();
    const first = await merge(CASE, OTHER_CASE, { commandId: 'same' }, another());
    expect(await merge(CASE, OTHER_CASE, { commandId: 'same' }, another())).toMatchObject({ ...first, repeated: true });
  });

  it('takes the right to record in the other case, and one that is open and no more restricted', async () => {
    const reader = { grantee: { kind: 'PERSON' as const, id: 'ann' }, rights: ['READ' as const] };
    const read = '00000001-0000-4000-8000-000000000006';
    await record(log, `case-${read}`, [by(bob, caseOpened({ restricted: true, members: [reader] }))]);
    expect(await code(merge(CASE, read))).toBe('FORBIDDEN');
    await record(log, `case-${THIRD_CASE}`, [caseRestricted()]);
    expect(await code(merge(CASE, THIRD_CASE))).toBe('RESTRICT_FIRST');
    await record(log, `case-${OTHER_CASE}`, closedCase.slice(-1));
    expect(await code(merge(CASE, OTHER_CASE))).toBe('CASE_CLOSED');
    await record(log, `case-${CASE}`, [caseRestricted()]);
    handler = another();
    await merge(CASE, THIRD_CASE);
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(mergeCase, commands.mergeCase(), { needed: { claim: { revision: 0 } } })
      .thenRefused('CASE_CLOSED');
  });
});

async function stateOf(id: string): Promise<CaseState> {
  const state = await another().stateOf(caseAggregate, id);
  return state as CaseState;
}

describe('a merged case', () => {
  it('takes no command but the one that parts it again', () => {
    const merged = fold(caseAggregate, [...openCase, caseMerged()]);
    const names = capabilities.flatMap(({ slices }) => slices.map(({ name }) => name));
    const taken = names.filter((name) => {
      try {
        caseAggregate.guard!(name, merged);
        return true;
      } catch {
        return false;
      }
    });
    expect(taken).toEqual(['unmergeCase']);
    expect(refusalFrom(() => caseAggregate.guard!('addNote', merged)).code).toBe('CASE_MERGED');
    expect(() => caseAggregate.guard!('addNote', fold(caseAggregate, openCase))).not.toThrow();
  });

  it('answers a command that it took before with its first result, and takes others again once it is parted', async () => {
    const note = { caseId: CASE, commandId: 'noted', text: { text: 'Before.' }, about: [] };
    const first = await send(addNote, note);
    await merge(CASE, OTHER_CASE);
    expect(await send(addNote, note)).toMatchObject({ ...first, repeated: true });
    expect(await code(send(addNote, { ...note, commandId: 'later' }))).toBe('CASE_MERGED');
    await part(CASE);
    await send(addNote, { ...note, commandId: 'later' });
  });
});

describe('unmergeCase', () => {
  it('says what the case was merged into', () => {
    given(caseAggregate, ...openCase, caseMerged())
      .when(unmergeCase, commands.unmergeCase.full())
      .then(event(CaseUnmerged, { intoCaseId: OTHER_CASE, reason: 'It is another one.' }));
  });

  it('refuses a case that is merged into none, and a closed one', () => {
    for (const events of [openCase, [...openCase, caseMerged(), event(CaseUnmerged, { intoCaseId: OTHER_CASE })]]) {
      given(caseAggregate, ...events)
        .when(unmergeCase, commands.unmergeCase())
        .thenRefused('NOT_MERGED');
    }
    given(caseAggregate, ...closedCase)
      .when(unmergeCase, commands.unmergeCase())
      .thenRefused('CASE_CLOSED');
  });
});
