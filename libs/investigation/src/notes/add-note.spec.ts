import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, closedCase, noteAdded, openCase } from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, note, observation, partner, unknown } from '../../../../test/builders/ids.js';
import { text, translated } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { addNote, NoteAdded } from './add-note.js';

describe('addNote', () => {
  it('adds a note to the case itself', () => {
    const noteId = derivedId(`case-${CASE}`, 'c1');
    given(caseAggregate, ...openCase)
      .when(addNote, commands.addNote())
      .then(event(NoteAdded, { noteId, text: text('Ask the partner for dates.'), about: [] }));
  });

  it('adds a note under the id given, about records of any kind, other notes too', () => {
    const about = [partner, observation, note];
    const noteId = derivedId(`case-${CASE}`, 'c1');
    given(caseAggregate, ...openCase, activityObserved(), noteAdded())
      .when(addNote, commands.addNote({ noteId, text: translated(), about }))
      .then(event(NoteAdded, { noteId, text: translated(), about }));
  });

  it('refuses to be about what is no record of this case', () => {
    given(caseAggregate, ...openCase)
      .when(addNote, commands.addNote({ about: [partner, unknown] }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses to be about itself', () => {
    given(caseAggregate, ...openCase)
      .when(addNote, commands.addNote({ noteId: note, about: [note] }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...openCase)
      .when(addNote, commands.addNote({ noteId: partner }))
      .thenRefused('ALREADY_EXISTS');
    given(caseAggregate, ...openCase)
      .when(addNote, commands.addNote({ noteId: CASE }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(addNote, commands.addNote())
      .thenRefused('CASE_CLOSED');
  });
});
