import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { findingRecorded, questionRaised } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { finding, partner, provider, question, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { FindingCorrected, correctFinding } from './correct-finding.js';

const found = [...openCase, questionRaised(), findingRecorded({ likelihood: 'LIKELY' })];
const build = commands.correctFinding;

describe('correctFinding', () => {
  it('replaces the finding whole: how likely it is, is no longer said', () => {
    given(caseAggregate, ...found)
      .when(correctFinding, build())
      .then(
        event(FindingCorrected, {
          ...{ findingId: finding, text: text('The partner did.'), answers: [], support: [], against: [] },
          reason: 'Read again.',
        }),
      );
  });

  it('keeps all that was given', () => {
    given(caseAggregate, ...found)
      .when(correctFinding, build.full())
      .then(
        event(FindingCorrected, {
          ...{ findingId: finding, text: text('The partner did.'), answers: [question], support: [partner] },
          ...{ against: [provider], likelihood: 'LIKELY', confidence: 'LOW', assessedBy: partner },
          reason: 'Read again.',
        }),
      );
  });

  it('refuses what says exactly the same', () => {
    given(caseAggregate, ...found)
      .when(correctFinding, build({ text: text('The partner did not.'), likelihood: 'LIKELY' }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses a retracted finding, an unknown one, and a closed case', () => {
    given(caseAggregate, ...found, recordRetracted(finding, 'finding'))
      .when(correctFinding, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...found)
      .when(correctFinding, build({ findingId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...found, caseClosed())
      .when(correctFinding, build())
      .thenRefused('CASE_CLOSED');
  });
});
