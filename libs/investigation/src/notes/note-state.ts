import { type RecordState } from '../record-state.js';
import { type Text } from '../values/text.js';

export interface NoteState extends RecordState {
  /** What it says, to tell an amendment that changes nothing. */
  text: Text;
}

export interface NotesState {
  notes: Map<string, NoteState>;
}
