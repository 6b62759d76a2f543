import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id, Prose } from '../fields.js';

@CommandInput('Takes a note back: it stays visible as retracted.')
export class RetractNote extends CaseCommand {
  @Id('The note.')
  noteId!: string;

  @Prose('Why it is retracted.')
  reason!: string;
}

@ObjectType({ description: 'A note was retracted.' })
@StoredEvent<NoteRetracted>('NoteRetracted', {
  version: 1,
  stix: 'note: revoked',
  summary: ({ reason }) => `Note retracted: ${excerpt(reason)}`,
})
export class NoteRetracted {
  @Field(() => ID, { description: 'The note.' })
  noteId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const retractNote = slice<CaseState, RetractNote>(RetractNote, ({ noteId, reason }, state) => {
  requireOpen(state);
  const note = known(state.notes, noteId, 'note');
  if (note.retracted) refuse('ALREADY_RETRACTED', 'The note is retracted already.');
  return [event(NoteRetracted, { noteId, reason })];
});
