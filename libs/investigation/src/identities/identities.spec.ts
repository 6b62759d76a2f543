import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, closedCase, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { identityAssessed } from '../../../../test/builders/assessment-events.js';
import { derivedId, fold, given } from '../../../../test/builders/decide.js';
import { CASE, identity, partner, provider, subject, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { assessIdentity, IdentityAssessed } from './assess-identity.js';
import { correctIdentity, IdentityCorrected } from './correct-identity.js';

const unstated = { assessedVia: [], dissent: [], assessedAt: 'NOT_STATED' };
const { likelihood, confidence, assessedBy, assessedVia, assessmentBasis, dissent, assessedAt } =
  commands.assessIdentity.full();
const stated = { likelihood, confidence, assessedBy, assessedVia, assessmentBasis, dissent, assessedAt };

describe('assessIdentity', () => {
  it('records an assessment of which nothing more is stated', () => {
    given(caseAggregate, ...openCase)
      .when(assessIdentity, commands.assessIdentity())
      .then(
        event(IdentityAssessed, {
          identityId: derivedId(`case-${CASE}`, 'c1'),
          samePartyIds: [subject, partner],
          ...unstated,
        }),
      );
  });

  it('keeps likelihood, confidence, whose it is, its basis and dissent', () => {
    given(caseAggregate, ...openCase)
      .when(assessIdentity, commands.assessIdentity.full())
      .then(
        event(IdentityAssessed, {
          identityId: identity,
          samePartyIds: [subject, partner],
          ...stated,
        } as IdentityAssessed),
      );
  });

  it('makes one of no two parties: each stays as it was', () => {
    const before = fold(caseAggregate, openCase);
    const after = fold(caseAggregate, [...openCase, identityAssessed({ likelihood: 'ALMOST_CERTAIN' })]);
    expect(after.parties).toEqual(before.parties);
  });

  it.each([
    ['a party', { samePartyIds: [subject, unknown] }],
    ['whose it is', { assessedBy: unknown }],
    ['a relay', { assessedBy: partner, assessedVia: [unknown] }],
    ['who dissents', { dissent: [{ partyId: unknown, text: text('No.') }] }],
  ])('refuses if %s is no party of this case', (_, change) => {
    given(caseAggregate, ...openCase)
      .when(assessIdentity, commands.assessIdentity(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...openCase)
      .when(assessIdentity, commands.assessIdentity({ identityId: partner }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(assessIdentity, commands.assessIdentity())
      .thenRefused('CASE_CLOSED');
  });
});

describe('correctIdentity', () => {
  const recorded = [...openCase, identityAssessed({ likelihood: 'LIKELY' })];
  const corrected = event(IdentityCorrected, {
    ...{ identityId: identity, samePartyIds: [subject, provider], reason: 'The wrong one was named.' },
    ...unstated,
  });

  it('replaces the assessment whole: what is omitted is no longer stated', () => {
    given(caseAggregate, ...recorded)
      .when(correctIdentity, commands.correctIdentity())
      .then(corrected);
  });

  it('refuses what says exactly the same as was recorded or corrected last', () => {
    given(caseAggregate, ...recorded)
      .when(correctIdentity, commands.correctIdentity({ samePartyIds: [subject, partner], likelihood: 'LIKELY' }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...recorded, corrected)
      .when(correctIdentity, commands.correctIdentity())
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses a retracted one', () => {
    given(caseAggregate, ...recorded, recordRetracted(identity, 'identity'))
      .when(correctIdentity, commands.correctIdentity())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([
    ['an unknown assessment', { identityId: unknown }],
    ['the id of a record of another kind', { identityId: partner }],
    ['an unknown party', { samePartyIds: [subject, unknown] }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...recorded)
      .when(correctIdentity, commands.correctIdentity(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...recorded, caseClosed())
      .when(correctIdentity, commands.correctIdentity())
      .thenRefused('CASE_CLOSED');
  });
});
