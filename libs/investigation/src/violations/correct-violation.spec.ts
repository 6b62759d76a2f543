import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { ann, bob } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, caseClosed, recordRetracted } from '../../../../test/builders/case-events.js';
import {
  alleged,
  confirmed,
  dismissed,
  suspected,
  underReview,
  violationAlleged,
  violationReinstated,
  violationSuspected,
} from '../../../../test/builders/violation-events.js';
import { by, given } from '../../../../test/builders/decide.js';
import { observation, partner, provider, subject, terms, unknown, violation } from '../../../../test/builders/ids.js';
import { citation, needed, recordedTerms, termsRecorded, versionAdded } from '../../../../test/builders/terms.js';
import { provision, source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { confirmViolation, TosViolationConfirmed } from './confirm-violation.js';
import { correctViolation, TosViolationCorrected } from './correct-violation.js';
import { dismissViolation } from './dismiss-violation.js';

const build = commands.correctViolation;
const corrected = (over: Partial<TosViolationCorrected> = {}) =>
  event(TosViolationCorrected, {
    ...{ violationId: violation, description: text('Outputs were used to distil a model.'), source: source(provider) },
    ...{ provisions: [], violationKind: 'BREACH_OF_TERMS', subjects: [], about: [], occurredAt: 'NOT_STATED' },
    ...{ reason: 'Too broad.', ...over },
  });
const cited = { termsId: terms, termsRevision: 1, document: 'Terms of Use', version: '2024-06', clause: '2(c)' };
const asSuspected = { description: text('Outputs were used to train a rival model.') };

describe('correctViolation', () => {
  it.each([
    ['suspected', suspected],
    ['alleged', alleged],
    ['under review', underReview],
    ['under review again', [...confirmed, violationReinstated()]],
  ])('replaces what one that is %s says', (_, events) => {
    given(caseAggregate, ...events)
      .when(correctViolation, build())
      .then(corrected());
  });

  it('replaces it whole: what is omitted is no longer stated', () => {
    const more = {
      condition: text('If it holds.'),
      subjects: [subject],
      provisions: [provision()],
      occurredAt: '2024',
    };
    given(caseAggregate, ...suspected.slice(0, -1), violationSuspected({ ...more, citations: [cited] }))
      .when(correctViolation, build())
      .then(corrected());
  });

  it('keeps all that was given, and cites clauses of terms at the revision that was read', () => {
    const more = {
      ...{ provisions: [provision()], violationKind: 'CIRCUMVENTION' as const, condition: text('If it holds.') },
      ...{ subjects: [subject], about: [observation], occurredAt: '2024-09', source: source(provider, partner) },
    };
    given(caseAggregate, ...suspected, activityObserved())
      .when(correctViolation, build({ ...more, citations: [citation()] }), { needed: needed(...recordedTerms) })
      .then(corrected({ ...more, citations: [cited] }));
  });

  it('leaves a clause cited as it was, however the terms changed since', () => {
    const later = needed(...recordedTerms, versionAdded({ version: '2026', effectiveFrom: '2026' }));
    const more = { occurredAt: '2024-09', citations: [citation()] };
    const before = [...suspected.slice(0, -1), violationSuspected({ occurredAt: '2024-09', citations: [cited] })];
    given(caseAggregate, ...before)
      .when(correctViolation, build(more), { needed: later })
      .then(corrected({ ...more, citations: [cited] }));
    given(caseAggregate, ...before)
      .when(correctViolation, build({ ...asSuspected, ...more }), { needed: later })
      .thenRefused('NOTHING_CHANGED');
    const renamed = needed(termsRecorded({ title: 'Usage Policy' }), versionAdded(), versionAdded({ version: '2026' }));
    given(caseAggregate, ...before)
      .when(correctViolation, build({ ...asSuspected, ...more }), { needed: renamed })
      .thenRefused('NOTHING_CHANGED');
    const other = { ...more, citations: [citation({ version: '2026' })], occurredAt: '2026-02' };
    given(caseAggregate, ...before)
      .when(correctViolation, build(other), { needed: later })
      .then(corrected({ ...other, citations: [{ ...cited, version: '2026', termsRevision: 2 }] }));
  });

  it('refuses what says exactly the same, as suspected or as corrected last, for whatever reason', () => {
    given(caseAggregate, ...suspected)
      .when(correctViolation, build(asSuspected))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...underReview, corrected())
      .when(correctViolation, build({ reason: 'Another one.' }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...underReview, corrected())
      .when(correctViolation, build(asSuspected))
      .then(corrected(asSuspected));
  });

  it('is of the clauses too that the allegation cited', () => {
    const { payload } = violationAlleged();
    const events = [...suspected, { ...violationAlleged(), payload: { ...payload, citations: [cited] } }];
    const circumstances = { needed: needed(...recordedTerms) };
    given(caseAggregate, ...events)
      .when(correctViolation, build({ ...asSuspected, citations: [citation()] }), circumstances)
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...events)
      .when(correctViolation, build(asSuspected))
      .then(corrected(asSuspected));
  });

  it('refuses to cite a version of terms that was not in force at the corrected time', () => {
    given(caseAggregate, ...suspected)
      .when(correctViolation, build({ citations: [citation()], occurredAt: '2023' }), {
        needed: needed(...recordedTerms),
      })
      .thenRefused('TERMS_NOT_IN_FORCE');
  });

  it.each([
    ['confirmed', confirmed, 'ALREADY_CONFIRMED'],
    ['dismissed', dismissed, 'ALREADY_DISMISSED'],
  ])('refuses one that is %s, and says how it comes back to review', (_, events, code) => {
    const { message } = given(caseAggregate, ...events)
      .when(correctViolation, build())
      .thenRefused(code);
    expect(message).toContain('reinstate it to review first (reinstateViolation)');
  });

  it('refuses a retracted one', () => {
    given(caseAggregate, ...suspected, recordRetracted(violation, 'violation'))
      .when(correctViolation, build())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([
    ['an unknown violation', { violationId: unknown }],
    ['the id of a record of another kind', { violationId: partner }],
    ['an unknown source', { source: source(unknown) }],
    ['an unknown subject', { subjects: [unknown] }],
    ['an unknown record that it is about', { about: [unknown] }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...underReview)
      .when(correctViolation, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...suspected, caseClosed())
      .when(correctViolation, build())
      .thenRefused('CASE_CLOSED');
  });
});

/** Ann suspected, alleged and submitted it, which is revision 6; the correction is revision 7. */
describe('a violation that was corrected while under review', () => {
  const confirm = (reviewedRevision: number) => commands.confirmViolation({ reviewedRevision });
  const confirmation = event(TosViolationConfirmed, {
    ...{ violationId: violation, findings: 'It took place.', reviewedRevision: 7 },
  });

  it('is not confirmed by a reviewer who read what it said before', () => {
    const refusal = given(caseAggregate, ...underReview, corrected())
      .when(confirmViolation, confirm(6), { actor: bob })
      .thenRefused('REVISION_CONFLICT');
    expect(refusal.details).toEqual({ current: 7 });
  });

  it('is confirmed by one who read the correction', () => {
    given(caseAggregate, ...underReview, corrected())
      .when(confirmViolation, confirm(7), { actor: bob })
      .then(confirmation);
  });

  it('is not confirmed by whoever corrected it: nobody else would have said so', () => {
    const events = [...underReview, by(bob, corrected())];
    for (const actor of [ann, bob])
      given(caseAggregate, ...events)
        .when(confirmViolation, confirm(7), { actor })
        .thenRefused('FOUR_EYES');
    given(caseAggregate, ...events)
      .when(confirmViolation, confirm(7), { actor: { ...bob, id: 'eve' } })
      .then(confirmation);
  });

  it('is still not dismissed by whoever reinstated it from CONFIRMED', () => {
    given(caseAggregate, ...confirmed, violationReinstated(), by(bob, corrected()))
      .when(dismissViolation, commands.dismissViolation(), { actor: ann })
      .thenRefused('FOUR_EYES');
  });
});

describe('a violation that was corrected before its review', () => {
  it('is confirmed by whoever corrected it, if somebody else sent it to review', () => {
    given(caseAggregate, ...suspected, by(bob, corrected()), ...underReview.slice(suspected.length))
      .when(confirmViolation, commands.confirmViolation({ reviewedRevision: 7 }), { actor: bob })
      .then(event(TosViolationConfirmed, { violationId: violation, findings: 'It took place.', reviewedRevision: 7 }));
  });
});
