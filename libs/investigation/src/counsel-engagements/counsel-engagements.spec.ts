import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { counselEngagement, partner, unknown } from '../../../../test/builders/ids.js';
import { counselEngaged, counselEngagementEnded } from '../../../../test/builders/response-events.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { correctCounselEngagement, CounselEngagementCorrected } from './correct-counsel-engagement.js';
import { CounselEngagementEnded, endCounselEngagement } from './end-counsel-engagement.js';

const engaged = [...openCase, counselEngaged()];

describe('endCounselEngagement', () => {
  it('ends it', () => {
    const ended = { counselEngagementId: counselEngagement, reason: 'It is done.', occurredAt: '2025-06' };
    given(caseAggregate, ...engaged)
      .when(endCounselEngagement, commands.endCounselEngagement.full())
      .then(event(CounselEngagementEnded, ended));
  });

  it('refuses one that has ended, and one that is retracted', () => {
    given(caseAggregate, ...engaged, counselEngagementEnded())
      .when(endCounselEngagement, commands.endCounselEngagement())
      .thenRefused('ALREADY_ENDED');
    given(caseAggregate, ...engaged, recordRetracted(counselEngagement, 'counselEngagement'))
      .when(endCounselEngagement, commands.endCounselEngagement())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([unknown, partner])('refuses what is none: %s', (counselEngagementId) => {
    given(caseAggregate, ...engaged)
      .when(endCounselEngagement, commands.endCounselEngagement({ counselEngagementId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...engaged, caseClosed())
      .when(endCounselEngagement, commands.endCounselEngagement())
      .thenRefused('CASE_CLOSED');
  });
});

describe('the end of an engagement', () => {
  it('lies nowhere surely before its beginning', () => {
    const since = [...openCase, counselEngaged({ occurredAt: '2025' })];
    given(caseAggregate, ...since)
      .when(endCounselEngagement, commands.endCounselEngagement({ occurredAt: '2024' }))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
    given(caseAggregate, ...since, counselEngagementEnded())
      .when(correctCounselEngagement, commands.correctCounselEngagement({ endedAt: '2024' }))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
  });
});

describe('correctCounselEngagement', () => {
  const same = { description: text('To advise on the terms.') };

  it('takes its beginning alone, and its end once it has ended', () => {
    const began = commands.correctCounselEngagement({ ...same, engagedAt: '2024' });
    const { commandId, caseId, ...facts } = began;
    given(caseAggregate, ...engaged)
      .when(correctCounselEngagement, began)
      .then(event(CounselEngagementCorrected, facts as CounselEngagementCorrected));
    given(caseAggregate, ...engaged)
      .when(correctCounselEngagement, commands.correctCounselEngagement({ ...same, endedAt: '2024' }))
      .thenRefused('STEP_NOT_TAKEN');
  });
});
