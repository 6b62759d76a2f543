import 'reflect-metadata';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { type Refusal } from '#event-sourcing/refusal.js';
import { loadEventSchemas } from '#event-sourcing/schema-files.js';
import { type AnySlice } from '#event-sourcing/slice.js';
import { ann, asInvestigator } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseOpened, closedCase, openCase, referenceAdded } from '../../../../test/builders/case-events.js';
import { by, given, LOG_ID } from '../../../../test/builders/decide.js';
import { CASE, OTHER_CASE, reference } from '../../../../test/builders/ids.js';
import { MemoryLog } from '../../../../test/builders/memory-log.js';
import { bob } from '../../../../test/builders/actors.js';
import { eventsIn, record } from '../../../../test/builders/record.js';
import { refusalOf } from '../../../../test/builders/refusal.js';
import { caseAggregate } from '../case-aggregate.js';
import { type CaseState } from '../cases/case-state.js';
import { eventRegistry } from '../event-classes.js';
import { retractRecord } from '../retractions/retract-record.js';
import { addExternalReference } from './add-external-reference.js';
import { CLAIM_HOLDS } from '../pending-claim.js';
import { claimedUnder, externalKey } from './external-id.js';

const registry = eventRegistry(loadEventSchemas());
const ticket = { system: 'Jira', externalId: 'SEC-12' };
const claims = `reference-${claimedUnder(ticket)}`;

let log: MemoryLog;
let now: number;
let handler: CommandHandler;
/** Another process on the same log. */
const another = () =>
  new CommandHandler({ log, registry, logId: LOG_ID, authorise: () => undefined, clock: () => new Date(now) });

beforeEach(async () => {
  log = await MemoryLog.create(LOG_ID);
  now = Date.parse('2025-01-24T09:30:00Z');
  handler = another();
  await record(log, `case-${CASE}`, openCase);
  await record(log, `case-${OTHER_CASE}`, [by(bob, caseOpened())]);
});

let sent = 0;
const send = (slice: AnySlice<CaseState>, command: object, by = handler, actor = asInvestigator(ann)) =>
  by.execute(caseAggregate, slice, { commandId: `c${++sent}`, ...command }, actor);
const add = (caseId: string, over: object = {}, by = handler): Promise<CommandResult> =>
  send(addExternalReference, { caseId, ...ticket, ...over }, by);
const refused = async (outcome: Promise<unknown>): Promise<Refusal> => refusalOf(outcome);
const claimed = async (): Promise<number> => (await eventsIn(log, claims)).length;

describe('a reference to another system', () => {
  it('is claimed before it is recorded, and the event keeps its claim', async () => {
    const { events } = await add(CASE);
    const stored = await eventsIn(log, claims);
    expect(stored.map(({ type, payload }): [string, unknown] => [type, JSON.parse(payload)])).toEqual([
      ['ExternalReferenceClaimed', { caseId: CASE, ...ticket }],
    ]);
    const added = (await eventsIn(log, `case-${CASE}`)).at(-1)!;
    expect(added.id).toBe(events[0].id);
    expect(JSON.parse(added.payload)).toMatchObject({ ...ticket, claim: 0 });
  });

  it('stands in one case only; which one is told to those who may see it', async () => {
    await add(CASE);
    const told = await refused(add(OTHER_CASE));
    expect(told).toMatchObject({ code: 'REFERENCE_TAKEN', message: expect.stringContaining(CASE) as string });
    const outside = { ...asInvestigator(ann), id: 'pia', roles: ['PARTNER'], organisation: 'acme' };
    const outcome = send(addExternalReference, { caseId: OTHER_CASE, ...ticket }, handler, outside);
    expect((await refused(outcome)).message).toMatch(/^A case has this reference/);
    expect(await claimed()).toBe(1);
  });

  it('is the same one whatever the case and the accents of its system, but not of its id', async () => {
    await add(CASE);
    expect(await refused(add(OTHER_CASE, { system: 'JIRÁ' }))).toMatchObject({ code: 'REFERENCE_TAKEN' });
    await add(OTHER_CASE, { externalId: 'sec-12' });
    await add(OTHER_CASE, { system: 'Jira 2' });
    expect(externalKey({ system: 'a', externalId: '","' })).not.toBe(externalKey({ system: 'a","', externalId: '' }));
  });

  it('goes to one of many cases that ask for it at once, from one process or from two', async () => {
    const others = await Promise.allSettled([
      add(CASE),
      add(OTHER_CASE),
      add(CASE, {}, another()),
      add(OTHER_CASE, {}, another()),
    ]);
    expect(others.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is free as soon as it is retracted', async () => {
    const { events } = await add(CASE);
    const { referenceId } = JSON.parse((await eventsIn(log, `case-${CASE}`)).at(-1)!.payload) as {
      referenceId: string;
    };
    expect(events).toHaveLength(1);
    await send(retractRecord, { caseId: CASE, recordId: referenceId, reason: 'Wrong ticket.' });
    await add(OTHER_CASE);
    expect(await refused(add(CASE))).toMatchObject({ code: 'REFERENCE_TAKEN' });
  });

  it('that a command left halfway can be recorded by its case at once, by others after a minute', async () => {
    log.failNext(`case-${CASE}`, new LogUnavailable('The disk is full.'));
    await expect(add(CASE)).rejects.toThrow('The disk is full.');
    expect(await claimed()).toBe(1);
    now += CLAIM_HOLDS - 1;
    expect(await refused(add(OTHER_CASE))).toMatchObject({ code: 'REFERENCE_CLAIMED' });
    now += 1;
    await add(OTHER_CASE);
    expect(await refused(add(CASE))).toMatchObject({ code: 'REFERENCE_TAKEN' });
  });

  it('is recorded by the same command sent again after a crash, and once', async () => {
    log.failNext(`case-${CASE}`, new LogUnavailable('The disk is full.'));
    await expect(add(CASE, { commandId: 'same' })).rejects.toThrow();
    const first = await add(CASE, { commandId: 'same' }, another());
    expect(first.repeated).toBe(false);
    expect(await add(CASE, { commandId: 'same' }, another())).toMatchObject({ ...first, repeated: true });
    expect(await claimed()).toBe(2);
  });

  it('is held also by the claim before the last one of its case', async () => {
    await add(CASE);
    // A command of the case that claimed once more, and came to nothing.
    await record(log, claims, [{ ...(await lastClaim()) }]);
    now += 10 * CLAIM_HOLDS;
    expect(await refused(add(OTHER_CASE))).toMatchObject({ code: 'REFERENCE_TAKEN' });
  });

  it('is not claimed by what is refused anyway', async () => {
    await add(CASE);
    expect(await refused(add(CASE))).toMatchObject({ code: 'ALREADY_REFERENCED' });
    expect(await refused(add(CASE, { externalId: 'SEC-13', referenceId: CASE }))).toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    expect(await claimed()).toBe(1);
    expect(await eventsIn(log, `reference-${claimedUnder({ ...ticket, externalId: 'SEC-13' })}`)).toEqual([]);
  });
});

/** The last claim, to be made again. */
async function lastClaim() {
  const { type, schemaVersion, payload } = (await eventsIn(log, claims)).at(-1)!;
  return { type, version: schemaVersion, payload: JSON.parse(payload) as Record<string, unknown> };
}

describe('addExternalReference', () => {
  const needed = { claim: { revision: 3 } };

  it('records all that is given', () => {
    given(caseAggregate, ...openCase)
      .when(addExternalReference, commands.addExternalReference.full(), { needed })
      .then(referenceAdded({ url: 'https://jira.example.org/browse/SEC-12', claim: 3 }));
  });

  it('refuses what the case has, an id that is taken, and a closed case', () => {
    given(caseAggregate, ...openCase, referenceAdded())
      .when(addExternalReference, commands.addExternalReference({ system: 'JIRA' }), { needed })
      .thenRefused('ALREADY_REFERENCED');
    given(caseAggregate, ...openCase, referenceAdded({ externalId: 'SEC-1' }))
      .when(addExternalReference, commands.addExternalReference({ referenceId: reference }), { needed })
      .thenRefused('ALREADY_EXISTS');
    given(caseAggregate, ...closedCase)
      .when(addExternalReference, commands.addExternalReference(), { needed })
      .thenRefused('CASE_CLOSED');
  });
});
