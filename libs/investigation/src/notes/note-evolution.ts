import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { NoteAdded } from './add-note.js';
import { NoteAmended } from './amend-note.js';
import { NoteRetracted } from './retract-note.js';

/** How the notes of a case follow from its events. */
export const noteEvolution = [
  evolve(NoteAdded, (state: CaseState, { noteId, text }, { revision }) => {
    addRecord(state, state.notes, noteId, { kind: 'note', revision, retracted: false, text });
  }),
  evolve(NoteAmended, (state: CaseState, { noteId, text }, { revision }) => {
    Object.assign(state.notes.get(noteId)!, { revision, text });
  }),
  evolve(NoteRetracted, (state: CaseState, { noteId }, { revision }) => {
    Object.assign(state.notes.get(noteId)!, { revision, retracted: true });
  }),
];
