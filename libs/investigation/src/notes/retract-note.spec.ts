import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, noteAdded, noteRetracted, openCase } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { note, partner, unknown } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { NoteRetracted, retractNote } from './retract-note.js';

const noted = [...openCase, noteAdded()];

describe('retractNote', () => {
  it('retracts a note', () => {
    given(caseAggregate, ...noted)
      .when(retractNote, commands.retractNote())
      .then(event(NoteRetracted, { noteId: note, reason: 'Done.' }));
  });

  it('refuses a retracted note', () => {
    given(caseAggregate, ...noted, noteRetracted())
      .when(retractNote, commands.retractNote())
      .thenRefused('ALREADY_RETRACTED');
  });

  it.each([
    ['an unknown id', unknown],
    ['the id of a record of another kind', partner],
  ])('refuses %s', (_, noteId) => {
    given(caseAggregate, ...noted)
      .when(retractNote, commands.retractNote({ noteId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...noted, caseClosed())
      .when(retractNote, commands.retractNote())
      .thenRefused('CASE_CLOSED');
  });
});
