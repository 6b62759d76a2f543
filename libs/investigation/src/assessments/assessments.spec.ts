import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { attributionAssessed, identityAssessed, rivalAssessed } from '../../../../test/builders/assessment-events.js';
import { fold, given } from '../../../../test/builders/decide.js';
import { attribution, identity, observation, partner, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { type AttributionState } from '../attributions/attribution-state.js';
import { caseAggregate } from '../case-aggregate.js';
import { AssessmentRevised, reviseAssessment } from './revise-assessment.js';
import { EVIDENCE_MAX, EvidenceWeighed, weighEvidence } from './weigh-evidence.js';

const unstated = { assessedVia: [], dissent: [], assessedAt: 'NOT_STATED' };
const recorded = [
  ...[...openCase, rivalAssessed(), attributionAssessed({ likelihood: 'LIKELY', confidence: 'LOW' })],
  ...[identityAssessed(), activityObserved()],
];
const revised = event(AssessmentRevised, {
  ...{ recordId: attribution, recordKind: 'attribution', likelihood: 'UNLIKELY', reason: 'The dates do not fit.' },
  ...unstated,
});

describe('reviseAssessment', () => {
  it('replaces the view and nothing of what is assessed', () => {
    given(caseAggregate, ...recorded)
      .when(reviseAssessment, commands.reviseAssessment())
      .then(revised);
    const { facts } = fold(caseAggregate, [...recorded, revised]).attributions.get(attribution) as AttributionState;
    expect(facts).toMatchObject({ toPartyId: partner, likelihood: 'UNLIKELY' });
    expect(facts.confidence).toBeUndefined();
  });

  it('tells of what kind the record is', () => {
    given(caseAggregate, ...recorded)
      .when(reviseAssessment, commands.reviseAssessment({ recordId: identity }))
      .then(
        event(AssessmentRevised, {
          ...{ recordId: identity, recordKind: 'identity', likelihood: 'UNLIKELY', reason: 'The dates do not fit.' },
          ...unstated,
        }),
      );
  });

  it('refuses a view that is the last one already', () => {
    const same = { likelihood: 'LIKELY' as const, confidence: 'LOW' as const };
    given(caseAggregate, ...recorded)
      .when(reviseAssessment, commands.reviseAssessment(same))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...recorded, revised)
      .when(reviseAssessment, commands.reviseAssessment())
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses a record that is no assessment', () => {
    given(caseAggregate, ...recorded)
      .when(reviseAssessment, commands.reviseAssessment({ recordId: observation }))
      .thenRefused('NOT_AN_ASSESSMENT');
  });

  it.each([
    ['an unknown record', { recordId: unknown }],
    ['an unknown party', { assessedBy: unknown }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...recorded)
      .when(reviseAssessment, commands.reviseAssessment(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses a retracted assessment, and on a closed case', () => {
    given(caseAggregate, ...recorded, recordRetracted(attribution, 'attribution'))
      .when(reviseAssessment, commands.reviseAssessment())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...recorded, caseClosed())
      .when(reviseAssessment, commands.reviseAssessment())
      .thenRefused('CASE_CLOSED');
  });
});

describe('weighEvidence', () => {
  const weighed = event(EvidenceWeighed, {
    ...{ recordId: attribution, recordKind: 'attribution', evidenceId: observation, bearing: 'FOR' },
  });

  it('weighs a record for the assessment', () => {
    given(caseAggregate, ...recorded)
      .when(weighEvidence, commands.weighEvidence())
      .then(weighed);
  });

  it('weighs it anew, with another remark too', () => {
    given(caseAggregate, ...recorded, weighed)
      .when(weighEvidence, commands.weighEvidence.full())
      .then(event(EvidenceWeighed, { ...weighed.payload, remark: text('The times fit.') } as EvidenceWeighed));
  });

  it('refuses the same weighing again', () => {
    given(caseAggregate, ...recorded, weighed)
      .when(weighEvidence, commands.weighEvidence())
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses an assessment as evidence of itself, and takes another assessment', () => {
    given(caseAggregate, ...recorded)
      .when(weighEvidence, commands.weighEvidence({ evidenceId: attribution }))
      .thenRefused('SAME_RECORD');
    given(caseAggregate, ...recorded)
      .when(weighEvidence, commands.weighEvidence({ evidenceId: identity, bearing: 'AGAINST' }))
      .then(
        event(EvidenceWeighed, {
          ...weighed.payload,
          ...{ evidenceId: identity, bearing: 'AGAINST' },
        } as EvidenceWeighed),
      );
  });

  it('refuses more than the most, and still weighs anew what is weighed', () => {
    const many = Array.from({ length: EVIDENCE_MAX }, (_, n) =>
      event(EvidenceWeighed, { ...weighed.payload, evidenceId: `evidence ${n}` } as EvidenceWeighed),
    );
    given(caseAggregate, ...recorded, ...many)
      .when(weighEvidence, commands.weighEvidence())
      .thenRefused('LIMIT_EXCEEDED');
    given(caseAggregate, ...recorded, weighed, ...many.slice(1))
      .when(weighEvidence, commands.weighEvidence({ bearing: 'NEUTRAL' }))
      .then(event(EvidenceWeighed, { ...weighed.payload, bearing: 'NEUTRAL' } as EvidenceWeighed));
  });

  it.each([
    ['an unknown assessment', { recordId: unknown }],
    ['unknown evidence', { evidenceId: unknown }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...recorded)
      .when(weighEvidence, commands.weighEvidence(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses to weigh for what is no assessment, is retracted, or is in a closed case', () => {
    given(caseAggregate, ...recorded)
      .when(weighEvidence, commands.weighEvidence({ recordId: partner }))
      .thenRefused('NOT_AN_ASSESSMENT');
    given(caseAggregate, ...recorded, recordRetracted(attribution, 'attribution'))
      .when(weighEvidence, commands.weighEvidence())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...recorded, caseClosed())
      .when(weighEvidence, commands.weighEvidence())
      .thenRefused('CASE_CLOSED');
  });
});
