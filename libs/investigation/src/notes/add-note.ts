import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId, requireRecords } from '../known-records.js';
import { Ids, OptionalId } from '../fields.js';
import { Text, TextInput } from '../values/text.js';

@CommandInput('Adds a note to a case, or to records of it.')
export class AddNote extends CaseCommand {
  @Field(() => TextInput, { description: 'What the note says.' })
  @ValidateNested()
  text!: TextInput;

  @Ids('Records of this case that it is about.')
  about: string[] = [];

  @OptionalId('The id of the new note, if you choose it: a UUID in lower case.')
  noteId?: string | null;
}

@ObjectType({ description: 'A note was added.' })
@StoredEvent<NoteAdded>('NoteAdded', {
  version: 1,
  stix: 'note',
  summary: ({ text }) => `Note added: ${excerpt(text.text)}`,
})
export class NoteAdded {
  @Field(() => ID, { description: 'The note.' })
  noteId!: string;

  @Field(() => Text, { description: 'What it says.' })
  text!: Text;

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];
}

export const addNote = slice<CaseState, AddNote>(AddNote, (command, state, context) => {
  requireOpen(state);
  const { text, about } = command;
  requireRecords(state, about);
  return [event(NoteAdded, { noteId: newRecordId(state, command.noteId, context), text, about })];
});
