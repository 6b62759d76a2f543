import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id, OptionalProse } from '../fields.js';
import { contentOf } from '../same-content.js';
import { Text, TextInput } from '../values/text.js';

@CommandInput('Replaces what a note says; the earlier text stays in history.')
export class AmendNote extends CaseCommand {
  @Id('The note.')
  noteId!: string;

  @Field(() => TextInput, { description: 'What the note says from now on.' })
  @ValidateNested()
  text!: TextInput;

  @OptionalProse('Why it is changed.')
  reason?: string | null;
}

@ObjectType({ description: 'What a note says was replaced.' })
@StoredEvent<NoteAmended>('NoteAmended', {
  version: 1,
  stix: 'note: a later version of it (modified)',
  summary: ({ text }) => `Note amended: ${excerpt(text.text)}`,
})
export class NoteAmended {
  @Field(() => ID, { description: 'The note.' })
  noteId!: string;

  @Field(() => Text, { description: 'What it says from now on.' })
  text!: Text;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const amendNote = slice<CaseState, AmendNote>(AmendNote, ({ noteId, text, reason }, state) => {
  requireOpen(state);
  const note = known(state.notes, noteId, 'note');
  if (note.retracted) refuse('NOTE_RETRACTED', 'The note is retracted; add a new one.');
  if (contentOf(text) === contentOf(note.text)) refuse('NOTHING_CHANGED', 'The note says exactly this already.');
  return [event(NoteAmended, { noteId, text, reason } as NoteAmended)];
});
