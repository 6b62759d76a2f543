import 'reflect-metadata';
import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { type CommandFields } from '#event-sourcing/slice.js';
import { type CommandName, commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { countermeasure, partner, provider, unknown } from '../../../../test/builders/ids.js';
import {
  countermeasureAcknowledged,
  countermeasureApplied,
  countermeasureApproved,
  countermeasureLifted,
  countermeasureProposed,
  countermeasureRejected,
  countermeasureTaken,
} from '../../../../test/builders/response-events.js';
import { quantity, source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { acknowledgeCountermeasure, CountermeasureAcknowledged } from './acknowledge-countermeasure.js';
import { CountermeasureApplied } from './apply-countermeasure.js';
import { CountermeasureApproved } from './approve-countermeasure.js';
import { correctCountermeasure } from './correct-countermeasure.js';
import { countermeasures } from './countermeasures.js';
import { CountermeasureLifted } from './lift-countermeasure.js';
import { CountermeasureEffectObserved, recordCountermeasureEffect } from './record-countermeasure-effect.js';
import { CountermeasureRejected } from './reject-countermeasure.js';

const slices = new Map(countermeasures.slices.map((slice) => [slice.name, slice]));
const proposed = [...openCase, countermeasureProposed()];
const approved = [...proposed, countermeasureApproved()];
const rejected = [...proposed, countermeasureRejected()];
const applied = [...approved, countermeasureApplied()];
const taken = [...openCase, countermeasureTaken()];
const lifted = [...taken, countermeasureLifted()];
const STAGES: Record<string, readonly DecidedEvent[]> = { proposed, approved, rejected, applied, taken, lifted };

/** Each step: what it leads to, and what it is answered from where a countermeasure may stand. */
const STEPS = [
  {
    ...{ name: 'approveCountermeasure', eventClass: CountermeasureApproved, from: ['proposed', 'rejected'] },
    refused: { approved: 'ALREADY_APPROVED', applied: 'WRONG_STAGE', taken: 'WRONG_STAGE', lifted: 'WRONG_STAGE' },
  },
  {
    ...{ name: 'rejectCountermeasure', eventClass: CountermeasureRejected, from: ['proposed', 'approved'] },
    refused: { rejected: 'ALREADY_REJECTED', applied: 'WRONG_STAGE', taken: 'WRONG_STAGE', lifted: 'WRONG_STAGE' },
  },
  {
    ...{ name: 'applyCountermeasure', eventClass: CountermeasureApplied, from: ['proposed', 'approved', 'lifted'] },
    refused: { rejected: 'WRONG_STAGE', applied: 'ALREADY_APPLIED', taken: 'ALREADY_APPLIED' },
  },
  {
    ...{ name: 'liftCountermeasure', eventClass: CountermeasureLifted, from: ['applied', 'taken'] },
    refused: { proposed: 'WRONG_STAGE', approved: 'WRONG_STAGE', rejected: 'WRONG_STAGE', lifted: 'ALREADY_LIFTED' },
  },
] as const;

describe.each(STEPS.map((step) => [step.name, step] as const))('%s', (name, { eventClass, from, refused }) => {
  const slice = slices.get(name)!;
  const { full } = commands[name as CommandName];
  const build = commands[name as CommandName] as unknown as (over?: object) => CommandFields;

  it.each(from)('takes one that is %s a step further, and keeps all that is given', (stage) => {
    const { commandId, caseId, ...facts } = full() as unknown as Record<string, unknown>;
    given(caseAggregate, ...STAGES[stage])
      .when(slice, full())
      .then(event(eventClass as new () => object, facts));
  });

  it.each(Object.entries(refused))('refuses one that is %s with %s', (stage, code) => {
    given(caseAggregate, ...STAGES[stage])
      .when(slice, build())
      .thenRefused(code);
  });

  const [first] = from;
  it.each([
    ['an unknown countermeasure', { countermeasureId: unknown }],
    ['the id of a record of another kind', { countermeasureId: partner }],
    ['an unknown party', { byPartyId: unknown }],
  ])('refuses %s', (_, over) => {
    given(caseAggregate, ...STAGES[first])
      .when(slice, build(over))
      .thenRefused('NOT_FOUND');
  });

  it('refuses one that is retracted, and any on a closed case', () => {
    const before = STAGES[first];
    given(caseAggregate, ...before, recordRetracted(countermeasure, 'countermeasure'))
      .when(slice, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...before, caseClosed())
      .when(slice, build())
      .thenRefused('CASE_CLOSED');
  });
});

describe('recordCountermeasureEffect', () => {
  const observed = {
    ...{ countermeasureId: countermeasure, effectKind: 'AS_INTENDED' as const },
    ...{ description: text('Requests stopped.'), source: source(provider), observedAt: '2025-03-13' },
    quantities: [quantity({ of: 'ACCOUNTS', exact: 44, asStated: '44 accounts' })],
  };

  it.each([
    ['is applied', taken],
    ['was applied, and lifted since', lifted],
  ])('keeps what was observed of one that %s', (_, events) => {
    given(caseAggregate, ...events)
      .when(recordCountermeasureEffect, commands.recordCountermeasureEffect.full())
      .then(event(CountermeasureEffectObserved, observed));
  });

  it('refuses more of them than a countermeasure takes', () => {
    const effects = Array.from({ length: 100 }, () => event(CountermeasureEffectObserved, observed));
    given(caseAggregate, ...taken, ...effects.slice(1))
      .when(recordCountermeasureEffect, commands.recordCountermeasureEffect.full())
      .then(effects[0]);
    given(caseAggregate, ...taken, ...effects)
      .when(recordCountermeasureEffect, commands.recordCountermeasureEffect.full())
      .thenRefused('LIMIT_EXCEEDED');
  });

  it('refuses one that never was', () => {
    given(caseAggregate, ...approved)
      .when(recordCountermeasureEffect, commands.recordCountermeasureEffect())
      .thenRefused('NOT_APPLIED');
  });

  it('refuses an unknown source', () => {
    given(caseAggregate, ...taken)
      .when(recordCountermeasureEffect, commands.recordCountermeasureEffect({ source: source(unknown) }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...taken, caseClosed())
      .when(recordCountermeasureEffect, commands.recordCountermeasureEffect())
      .thenRefused('CASE_CLOSED');
  });
});

describe('acknowledgeCountermeasure', () => {
  const acknowledged = (byPartyId: string) =>
    event(CountermeasureAcknowledged, {
      ...{ countermeasureId: countermeasure, byPartyId },
      ...{ remark: text('Within the week.'), acknowledgedAt: '2025-03-13' },
    });

  it('keeps who acknowledged it, each party once', () => {
    given(caseAggregate, ...taken)
      .when(acknowledgeCountermeasure, commands.acknowledgeCountermeasure.full())
      .then(acknowledged(partner));
    given(caseAggregate, ...taken, countermeasureAcknowledged(partner))
      .when(acknowledgeCountermeasure, commands.acknowledgeCountermeasure.full({ byPartyId: provider }))
      .then(acknowledged(provider));
    given(caseAggregate, ...taken, countermeasureAcknowledged(partner))
      .when(acknowledgeCountermeasure, commands.acknowledgeCountermeasure())
      .thenRefused('ALREADY_ACKNOWLEDGED');
  });

  it('refuses more of them than a countermeasure takes', () => {
    const others = Array.from({ length: 100 }, (_, n) => countermeasureAcknowledged(`party ${n}`));
    given(caseAggregate, ...taken, ...others.slice(1))
      .when(acknowledgeCountermeasure, commands.acknowledgeCountermeasure.full())
      .then(acknowledged(partner));
    given(caseAggregate, ...taken, ...others)
      .when(acknowledgeCountermeasure, commands.acknowledgeCountermeasure())
      .thenRefused('LIMIT_EXCEEDED');
  });

  it('refuses an unknown party', () => {
    given(caseAggregate, ...taken)
      .when(acknowledgeCountermeasure, commands.acknowledgeCountermeasure({ byPartyId: unknown }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...taken, caseClosed())
      .when(acknowledgeCountermeasure, commands.acknowledgeCountermeasure())
      .thenRefused('CASE_CLOSED');
  });
});

describe('the lifting of a countermeasure', () => {
  it('lies nowhere surely before it was last applied', () => {
    const since = [...openCase, countermeasureTaken({ occurredAt: '2025' })];
    given(caseAggregate, ...since)
      .when(slices.get('liftCountermeasure')!, commands.liftCountermeasure({ occurredAt: '2024' }))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
    given(caseAggregate, ...since, countermeasureLifted())
      .when(correctCountermeasure, commands.correctCountermeasure({ liftedAt: '2024' }))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
  });
});

describe('correctCountermeasure', () => {
  const asTaken = { description: text('Accounts suspended.') };

  it('takes the time of a step alone', () => {
    const command = commands.correctCountermeasure({ ...asTaken, appliedAt: '2025-03-11' });
    const { commandId, caseId, ...facts } = command;
    const { eventClass } = countermeasures.evolution.find(({ type }) => type === 'CountermeasureCorrected')!;
    given(caseAggregate, ...taken)
      .when(correctCountermeasure, command)
      .then(event(eventClass, facts));
  });

  it('refuses the time that stands already, and that of a step that was not taken', () => {
    given(caseAggregate, ...taken)
      .when(correctCountermeasure, commands.correctCountermeasure({ ...asTaken, appliedAt: 'NOT_STATED' }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...taken)
      .when(correctCountermeasure, commands.correctCountermeasure({ liftedAt: '2025-03-11' }))
      .thenRefused('STEP_NOT_TAKEN');
    // What is applied again is not lifted any more.
    given(caseAggregate, ...lifted, countermeasureApplied())
      .when(correctCountermeasure, commands.correctCountermeasure({ liftedAt: '2025-03-11' }))
      .thenRefused('STEP_NOT_TAKEN');
  });
});
