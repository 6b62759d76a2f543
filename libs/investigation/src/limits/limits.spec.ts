import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { ann, bob } from '../../../../test/builders/actors.js';
import { principal } from '../../../../test/builders/principals.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { noteAdded, openCase } from '../../../../test/builders/case-events.js';
import { recordLimited } from '../../../../test/builders/access-events.js';
import { fold, given } from '../../../../test/builders/decide.js';
import { note, partner, unknown } from '../../../../test/builders/ids.js';
import { grantee } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { LimitLifted, liftLimit } from './lift-limit.js';
import { limitRecord, RecordLimited } from './limit-record.js';

const noted = [...openCase, noteAdded()];
const named = [grantee('ann'), grantee('legal', 'GROUP')];

describe('limitRecord', () => {
  it.each([note, partner])('limits a record of any kind to those named: %s', (recordId) => {
    given(caseAggregate, ...noted)
      .when(limitRecord, commands.limitRecord({ recordId, named }))
      .then(event(RecordLimited, { recordId, named }));
  });

  it('replaces the names', () => {
    given(caseAggregate, ...noted, recordLimited(note, 'ann', 'bob'))
      .when(limitRecord, commands.limitRecord({ named }))
      .then(event(RecordLimited, { recordId: note, named }));
  });

  it('needs whoever limits it among the names, as a person or by a group', () => {
    given(caseAggregate, ...noted)
      .when(limitRecord, commands.limitRecord({ named }), { actor: bob })
      .thenRefused('LOCKED_OUT');
    given(caseAggregate, ...noted)
      .when(limitRecord, commands.limitRecord({ named }), { actor: principal(bob, { groups: ['legal'] }) })
      .then(event(RecordLimited, { recordId: note, named }));
  });

  it('refuses what changes nothing, and what is no record of the case', () => {
    given(caseAggregate, ...noted, recordLimited(note, 'ann', 'bob'))
      .when(limitRecord, commands.limitRecord({ named: [grantee('bob'), grantee('ann')] }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...noted)
      .when(limitRecord, commands.limitRecord({ recordId: unknown, named }))
      .thenRefused('NOT_FOUND');
  });
});

describe('liftLimit', () => {
  it('opens the record again', () => {
    const { reason } = commands.liftLimit();
    const lifted = event(LimitLifted, { recordId: note, reason });
    given(caseAggregate, ...noted, recordLimited(note, 'ann'))
      .when(liftLimit, commands.liftLimit())
      .then(lifted);
    expect(fold(caseAggregate, [...noted, recordLimited(note, 'ann'), lifted]).access.walls.size).toBe(0);
  });

  it('refuses where there is no limit', () => {
    given(caseAggregate, ...noted)
      .when(liftLimit, commands.liftLimit())
      .thenRefused('NOT_LIMITED');
    given(caseAggregate, ...noted)
      .when(liftLimit, commands.liftLimit({ recordId: unknown }), { actor: ann })
      .thenRefused('NOT_FOUND');
  });
});

describe('a record that is hidden', () => {
  const state = fold(caseAggregate, [...noted, recordLimited(note, 'ann')]);
  const seen = caseAggregate.without!(state, new Set([note]));

  it('is not there for a decision, and its id stays taken', () => {
    expect(seen.notes.has(note)).toBe(false);
    expect(seen.records.get(note)).toBeUndefined();
    expect(seen.records.has(note)).toBe(true);
    expect(seen.records.get(partner)).toBe(state.records.get(partner));
    expect(caseAggregate.revisionOf!(commands.retractNote(), seen)).toBeUndefined();
    expect(caseAggregate.revisionOf!(commands.retractNote(), state)).toBe(4);
  });
});
