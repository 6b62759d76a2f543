import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { ann, annsOtherKey, bob } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, noteAdded } from '../../../../test/builders/case-events.js';
import {
  alleged,
  confirmed,
  dismissed,
  suspected,
  underReview,
  violationReinstated,
  violationSubmitted,
} from '../../../../test/builders/violation-events.js';
import { by, given } from '../../../../test/builders/decide.js';
import { partner, unknown, violation } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { confirmViolation, TosViolationConfirmed } from './confirm-violation.js';

const build = commands.confirmViolation;
const asBob = { actor: bob };
/** Ann suspected, alleged and submitted it; the submission is revision 6 of the case. */
const reviewed = build({ reviewedRevision: 6 });

describe('confirmViolation', () => {
  it('confirms what somebody else sent to review, at the revision that was read', () => {
    given(caseAggregate, ...underReview)
      .when(confirmViolation, reviewed, asBob)
      .then(event(TosViolationConfirmed, { violationId: violation, findings: 'It took place.', reviewedRevision: 6 }));
  });

  it('means the revision of the violation, whatever else was recorded since', () => {
    given(caseAggregate, ...underReview, noteAdded())
      .when(confirmViolation, reviewed, asBob)
      .then(event(TosViolationConfirmed, { violationId: violation, findings: 'It took place.', reviewedRevision: 6 }));
  });

  it.each([5, 7])('refuses a review of revision %i: the violation is at 6', (reviewedRevision) => {
    const refusal = given(caseAggregate, ...underReview, noteAdded())
      .when(confirmViolation, build({ reviewedRevision }), asBob)
      .thenRefused('REVISION_CONFLICT');
    expect(refusal.details).toEqual({ current: 6 });
  });

  it('refuses whoever sent it to review, with whatever key', () => {
    given(caseAggregate, ...underReview)
      .when(confirmViolation, reviewed, { actor: ann })
      .thenRefused('FOUR_EYES');
    given(caseAggregate, ...underReview)
      .when(confirmViolation, reviewed, { actor: annsOtherKey })
      .thenRefused('FOUR_EYES');
  });

  it('refuses whoever stands in for the one who sent it to review, and the one a submitter stood in for', () => {
    const bot = { ...bob, id: 'bot', kind: 'SERVICE' as const, onBehalfOf: 'ann' };
    given(caseAggregate, ...underReview)
      .when(confirmViolation, reviewed, { actor: bot })
      .thenRefused('FOUR_EYES');
    given(caseAggregate, ...alleged, by(bot, violationSubmitted()))
      .when(confirmViolation, reviewed, { actor: ann })
      .thenRefused('FOUR_EYES');
  });

  it('refuses one principal by two keys, one its own and one in the place of somebody', () => {
    const own = { ...bob, id: 'bot', kind: 'SERVICE' as const };
    const [forInes, forRosa] = ['ines', 'rosa'].map((onBehalfOf) => ({ ...own, onBehalfOf }));
    const forBot = { ...own, id: 'other', onBehalfOf: 'bot' };
    for (const [submitter, confirmer] of [
      [forInes, own],
      [own, forInes],
      [forInes, forRosa],
      [forInes, forBot],
    ])
      given(caseAggregate, ...alleged, by(submitter, violationSubmitted()))
        .when(confirmViolation, reviewed, { actor: confirmer })
        .thenRefused('FOUR_EYES');
  });

  it('lets whoever suspected and alleged it confirm it, if somebody else sent it to review', () => {
    given(caseAggregate, ...alleged, by(bob, violationSubmitted()))
      .when(confirmViolation, reviewed, { actor: ann })
      .then(event(TosViolationConfirmed, { violationId: violation, findings: 'It took place.', reviewedRevision: 6 }));
  });

  it('refuses whoever ever sent it to review: first, or back to it', () => {
    const again = [...confirmed, by(bob, violationReinstated())];
    const command = build({ reviewedRevision: 8 });
    given(caseAggregate, ...again)
      .when(confirmViolation, command, asBob)
      .thenRefused('FOUR_EYES');
    given(caseAggregate, ...again)
      .when(confirmViolation, command, { actor: ann })
      .thenRefused('FOUR_EYES');
    given(caseAggregate, ...again)
      .when(confirmViolation, command, { actor: { ...bob, id: 'eve' } })
      .then(event(TosViolationConfirmed, { violationId: violation, findings: 'It took place.', reviewedRevision: 8 }));
  });

  it.each([
    ['suspected', suspected, 'NOT_UNDER_REVIEW'],
    ['alleged', alleged, 'NOT_UNDER_REVIEW'],
    ['confirmed', confirmed, 'ALREADY_CONFIRMED'],
    ['dismissed', dismissed, 'NOT_UNDER_REVIEW'],
  ])('refuses one that is %s', (_, events, code) => {
    given(caseAggregate, ...events)
      .when(confirmViolation, reviewed, asBob)
      .thenRefused(code);
  });

  it.each([
    ['an unknown violation', unknown],
    ['the id of a record of another kind', partner],
  ])('refuses %s', (_, violationId) => {
    given(caseAggregate, ...underReview)
      .when(confirmViolation, build({ violationId }), asBob)
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...underReview, caseClosed())
      .when(confirmViolation, reviewed, asBob)
      .thenRefused('CASE_CLOSED');
  });
});
