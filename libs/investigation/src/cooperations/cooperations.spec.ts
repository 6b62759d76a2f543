import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { cooperation, partner, unknown } from '../../../../test/builders/ids.js';
import { cooperationClosed, cooperationOpened } from '../../../../test/builders/response-events.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { closeCooperation, CooperationClosed } from './close-cooperation.js';
import { correctCooperation, CooperationCorrected } from './correct-cooperation.js';

const opened = [...openCase, cooperationOpened()];

describe('closeCooperation', () => {
  it('ends it', () => {
    given(caseAggregate, ...opened)
      .when(closeCooperation, commands.closeCooperation.full())
      .then(event(CooperationClosed, { cooperationId: cooperation, reason: 'It is done.', occurredAt: '2025-06' }));
  });

  it('refuses one that has ended, and one that is retracted', () => {
    given(caseAggregate, ...opened, cooperationClosed())
      .when(closeCooperation, commands.closeCooperation())
      .thenRefused('ALREADY_CLOSED');
    given(caseAggregate, ...opened, recordRetracted(cooperation, 'cooperation'))
      .when(closeCooperation, commands.closeCooperation())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([unknown, partner])('refuses what is none: %s', (cooperationId) => {
    given(caseAggregate, ...opened)
      .when(closeCooperation, commands.closeCooperation({ cooperationId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...opened, caseClosed())
      .when(closeCooperation, commands.closeCooperation())
      .thenRefused('CASE_CLOSED');
  });
});

describe('the end of a cooperation', () => {
  const since = [...openCase, cooperationOpened({ occurredAt: '2025' })];
  const build = commands.correctCooperation;

  it('lies nowhere surely before its beginning', () => {
    given(caseAggregate, ...since)
      .when(closeCooperation, commands.closeCooperation({ occurredAt: '2024-12-31' }))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
    given(caseAggregate, ...since)
      .when(closeCooperation, commands.closeCooperation({ occurredAt: '2024~' }))
      .then(event(CooperationClosed, { cooperationId: cooperation, reason: 'It is done.', occurredAt: '2024~' }));
    const closed = given(caseAggregate, ...since, cooperationClosed());
    closed.when(correctCooperation, build({ closedAt: '2024' })).thenRefused('ENDS_BEFORE_IT_BEGINS');
    closed.when(correctCooperation, build({ openedAt: '2026', closedAt: '2025' })).thenRefused('ENDS_BEFORE_IT_BEGINS');
  });

  it('may stand as it was taken once where a correction leaves both times', () => {
    const before = event(CooperationClosed, { cooperationId: cooperation, reason: 'It is done.', occurredAt: '2024' });
    const { commandId, caseId, ...facts } = build();
    given(caseAggregate, ...since, before)
      .when(correctCooperation, build())
      .then(event(CooperationCorrected, facts as CooperationCorrected));
    given(caseAggregate, ...since, before)
      .when(correctCooperation, build({ openedAt: '2025', closedAt: '2024' }))
      .then(event(CooperationCorrected, { ...facts, openedAt: '2025', closedAt: '2024' } as CooperationCorrected));
    given(caseAggregate, ...since, before)
      .when(correctCooperation, build({ openedAt: '2025-02' }))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
  });
});

describe('correctCooperation', () => {
  const same = { description: text('They work closely.') };

  it('takes its beginning alone, and its end once it has ended', () => {
    const began = commands.correctCooperation({ ...same, openedAt: '2024' });
    const { commandId, caseId, ...facts } = began;
    given(caseAggregate, ...opened)
      .when(correctCooperation, began)
      .then(event(CooperationCorrected, facts as CooperationCorrected));
    given(caseAggregate, ...opened)
      .when(correctCooperation, commands.correctCooperation({ ...same, closedAt: '2024' }))
      .thenRefused('STEP_NOT_TAKEN');
    given(caseAggregate, ...opened, event(CooperationCorrected, facts as CooperationCorrected))
      .when(correctCooperation, began)
      .thenRefused('NOTHING_CHANGED');
  });
});
