import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, noteAdded, noteRetracted, openCase } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { note, partner, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { amendNote, NoteAmended } from './amend-note.js';

const noted = [...openCase, noteAdded({ text: text('Ask for dates.') })];

describe('amendNote', () => {
  it('replaces the text', () => {
    given(caseAggregate, ...noted)
      .when(amendNote, commands.amendNote({ text: text('Ask for exact dates.') }))
      .then(event(NoteAmended, { noteId: note, text: text('Ask for exact dates.') }));
  });

  it('keeps why', () => {
    given(caseAggregate, ...noted)
      .when(amendNote, commands.amendNote.full())
      .then(event(NoteAmended, { noteId: note, text: text('Ask for exact dates.'), reason: 'Clearer.' }));
  });

  it('counts a language that is added as a change', () => {
    const inEnglish = { ...text('Ask for dates.'), language: 'en' };
    given(caseAggregate, ...noted)
      .when(amendNote, commands.amendNote({ text: inEnglish }))
      .then(event(NoteAmended, { noteId: note, text: inEnglish }));
  });

  it('refuses the text that stands there, a reason or not', () => {
    const same = { ...text('Ask for dates.'), language: null };
    given(caseAggregate, ...noted)
      .when(amendNote, commands.amendNote({ text: same, reason: 'Because.' }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('tells apart from what was amended last', () => {
    const amended = event(NoteAmended, { noteId: note, text: text('B') });
    given(caseAggregate, ...noted, amended)
      .when(amendNote, commands.amendNote({ text: text('B') }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...noted, amended)
      .when(amendNote, commands.amendNote({ text: text('Ask for dates.') }))
      .then(event(NoteAmended, { noteId: note, text: text('Ask for dates.') }));
  });

  it('refuses a retracted note', () => {
    given(caseAggregate, ...noted, noteRetracted())
      .when(amendNote, commands.amendNote())
      .thenRefused('NOTE_RETRACTED');
  });

  it.each([
    ['an unknown id', unknown],
    ['the id of a record of another kind', partner],
  ])('refuses %s', (_, noteId) => {
    given(caseAggregate, ...noted)
      .when(amendNote, commands.amendNote({ noteId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...noted, caseClosed())
      .when(amendNote, commands.amendNote())
      .thenRefused('CASE_CLOSED');
  });
});
