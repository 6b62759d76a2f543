import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { closedCase, openCase } from '../../../../test/builders/case-events.js';
import { findingRecorded, questionRaised } from '../../../../test/builders/question-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, finding, partner, provider, question, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { FindingRecorded, recordFinding } from './record-finding.js';

const asked = [...openCase, questionRaised()];
const build = commands.recordFinding;

describe('recordFinding', () => {
  it('records a finding that rests on nothing yet', () => {
    given(caseAggregate, ...openCase)
      .when(recordFinding, build())
      .then(
        event(FindingRecorded, {
          ...{ findingId: derivedId(`case-${CASE}`, 'c1'), text: text('The partner did not.') },
          ...{ answers: [], support: [], against: [] },
        }),
      );
  });

  it('keeps what it answers, what it rests on and what speaks against it, and how it was assessed', () => {
    given(caseAggregate, ...asked)
      .when(recordFinding, build.full())
      .then(
        event(FindingRecorded, {
          ...{ findingId: finding, text: text('The partner did not.'), answers: [question], support: [partner] },
          ...{ against: [provider], likelihood: 'LIKELY', confidence: 'LOW', assessedBy: partner },
        }),
      );
  });

  it.each([
    ['a question', { answers: [partner] }],
    ['a record that supports it', { support: [unknown] }],
    ['a record that speaks against it', { against: [unknown] }],
    ['whoever assessed it', { assessedBy: question }],
  ])('refuses if %s is none of the case', (_, over) => {
    given(caseAggregate, ...asked)
      .when(recordFinding, build(over))
      .thenRefused('NOT_FOUND');
  });

  it('refuses a record that both supports it and speaks against it', () => {
    given(caseAggregate, ...asked)
      .when(recordFinding, build({ support: [partner, provider], against: [provider] }))
      .thenRefused('BOTH_SIDES');
  });

  it('refuses an id that is taken, and a closed case', () => {
    given(caseAggregate, ...asked, findingRecorded())
      .when(recordFinding, build.full())
      .thenRefused('ALREADY_EXISTS');
    given(caseAggregate, ...closedCase)
      .when(recordFinding, build())
      .thenRefused('CASE_CLOSED');
  });
});
