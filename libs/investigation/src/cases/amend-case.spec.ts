import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseOpened, closedCase, openCase } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { text, translated } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { amendCase, CaseAmended } from './amend-case.js';

describe('amendCase', () => {
  it('records what changes, and nothing of what stays', () => {
    given(caseAggregate, ...openCase)
      .when(amendCase, commands.amendCase({ title: 'Model distillation', kind: null }))
      .then(event(CaseAmended, { title: 'Model distillation' }));
  });

  it('records everything that is given', () => {
    const { title, kind, description, reason } = commands.amendCase.full();
    given(caseAggregate, ...openCase)
      .when(amendCase, commands.amendCase.full())
      .then(event(CaseAmended, { title, kind, description, reason } as CaseAmended));
  });

  it('takes one field that differs beside others that do not', () => {
    given(caseAggregate, caseOpened({ title: 'A', kind: 'CASE' }))
      .when(amendCase, commands.amendCase({ title: 'A', kind: 'INCIDENT' }))
      .then(event(CaseAmended, { title: 'A', kind: 'INCIDENT' }));
  });

  it.each([
    ['only a reason', { title: null, reason: 'Because.' }],
    ['the same title', { title: 'A' }],
    ['the same text, its members in another order', { title: null, description: { ...translated(), language: 'de' } }],
    ['all the same', { title: 'A', kind: 'CASE' as const, description: translated() }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, caseOpened({ title: 'A', kind: 'CASE', description: translated() }))
      .when(amendCase, commands.amendCase(change))
      .thenRefused('NOTHING_CHANGED');
  });

  it('tells apart from what was amended last, not from what was opened', () => {
    const amended = event(CaseAmended, { title: 'B', description: text('New.') });
    given(caseAggregate, caseOpened({ title: 'A' }), amended)
      .when(amendCase, commands.amendCase({ title: 'B' }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, caseOpened({ title: 'A' }), amended)
      .when(amendCase, commands.amendCase({ title: 'A' }))
      .then(event(CaseAmended, { title: 'A' }));
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(amendCase, commands.amendCase())
      .thenRefused('CASE_CLOSED');
  });
});
