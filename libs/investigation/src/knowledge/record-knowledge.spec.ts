import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { closedCase, openCase } from '../../../../test/builders/case-events.js';
import { knowledgeRecorded } from '../../../../test/builders/question-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, knowledge, partner, provider, unknown } from '../../../../test/builders/ids.js';
import { source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { KnowledgeRecorded, recordKnowledge } from './record-knowledge.js';

const build = commands.recordKnowledge;

describe('recordKnowledge', () => {
  it('records what we knew, since a time that is not stated', () => {
    given(caseAggregate, ...openCase)
      .when(recordKnowledge, build())
      .then(
        event(KnowledgeRecorded, {
          ...{ knowledgeId: derivedId(`case-${CASE}`, 'c1'), about: [partner], source: source(partner) },
          ...{ learnedAt: 'NOT_STATED', channel: 'NOT_STATED' },
        }),
      );
  });

  it('keeps who knew, since when and by what way', () => {
    given(caseAggregate, ...openCase)
      .when(recordKnowledge, build.full())
      .then(
        event(KnowledgeRecorded, {
          ...{ knowledgeId: knowledge, knownTo: provider, about: [partner], learnedAt: '2025-01', channel: 'PHONE' },
          ...{ source: source(partner), remark: text('By a call.') },
        }),
      );
  });

  it.each([
    ['who knew', { knownTo: unknown }],
    ['a record that was known', { about: [unknown] }],
    ['who says so', { source: source(unknown) }],
    ['a relay', { source: source(partner, unknown) }],
  ])('refuses if %s is none of the case', (_, over) => {
    given(caseAggregate, ...openCase)
      .when(recordKnowledge, build(over))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken, and a closed case', () => {
    given(caseAggregate, ...openCase, knowledgeRecorded())
      .when(recordKnowledge, build.full())
      .thenRefused('ALREADY_EXISTS');
    given(caseAggregate, ...closedCase)
      .when(recordKnowledge, build())
      .thenRefused('CASE_CLOSED');
  });
});
