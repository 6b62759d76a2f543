import { change, create, on, readModel } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { NoteAdded } from './add-note.js';
import { NoteAmended } from './amend-note.js';
import { NoteRetracted } from './retract-note.js';

/** The notes of a case. */
export const noteModel = readModel({
  name: 'notes',
  level: 'record',
  handlers: [
    on(NoteAdded, ({ noteId, text, about }) => [create(noteId, { text, about, status: 'RECORDED' })]),
    on(NoteAmended, ({ noteId, text }) => [change(noteId, { text, status: 'AMENDED' })]),
    on(NoteRetracted, ({ noteId }) => [change(noteId, { status: 'RETRACTED' })]),
    onRetracted('note'),
  ],
});
