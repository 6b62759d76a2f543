import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { knowledgeRecorded } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { knowledge, partner, provider, subject, unknown } from '../../../../test/builders/ids.js';
import { source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { KnowledgeCorrected, correctKnowledge } from './correct-knowledge.js';

const known = [...openCase, knowledgeRecorded({ learnedAt: '2025' })];
const build = commands.correctKnowledge;

describe('correctKnowledge', () => {
  it('replaces it whole: since when is no longer stated', () => {
    given(caseAggregate, ...known)
      .when(correctKnowledge, build())
      .then(
        event(KnowledgeCorrected, {
          ...{ knowledgeId: knowledge, about: [partner, subject], learnedAt: 'NOT_STATED', channel: 'NOT_STATED' },
          ...{ source: source(partner), reason: 'They knew more.' },
        }),
      );
  });

  it('keeps all that was given', () => {
    given(caseAggregate, ...known)
      .when(correctKnowledge, build.full())
      .then(
        event(KnowledgeCorrected, {
          ...{ knowledgeId: knowledge, knownTo: provider, about: [partner, subject], learnedAt: '2025-01' },
          ...{ channel: 'PHONE', source: source(partner), remark: text('By a call.'), reason: 'They knew more.' },
        }),
      );
  });

  it('refuses what says exactly the same', () => {
    given(caseAggregate, ...known)
      .when(correctKnowledge, build({ about: [partner], learnedAt: '2025' }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses what is retracted or unknown, and a closed case', () => {
    given(caseAggregate, ...known, recordRetracted(knowledge, 'knowledge'))
      .when(correctKnowledge, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...known)
      .when(correctKnowledge, build({ knowledgeId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...known, caseClosed())
      .when(correctKnowledge, build())
      .thenRefused('CASE_CLOSED');
  });
});
