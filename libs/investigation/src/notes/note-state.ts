import { type RecordState } from '../record-state.js';

export interface NoteState extends RecordState {
  retracted: boolean;
  /** Its text with language and translation, as one text: to tell an amendment that changes nothing. */
  content: string;
}

export interface NotesState {
  notes: Map<string, NoteState>;
}
