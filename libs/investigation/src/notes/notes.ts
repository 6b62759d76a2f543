import { type Capability } from '../capability.js';
import { Note } from './note.js';
import { addNote } from './add-note.js';
import { amendNote } from './amend-note.js';
import { noteEvolution } from './note-evolution.js';
import { noteModel } from './note-read-model.js';
import { retractNote } from './retract-note.js';

export const notes: Capability = {
  slices: [addNote, amendNote, retractNote],
  evolution: noteEvolution,
  readModel: noteModel,
  records: { type: Note, description: 'Notes on the case and its records, last changed first.' },
};
