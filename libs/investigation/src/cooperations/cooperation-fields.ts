import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMinSize } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Ids, OptionalId, OptionalWords, SaidBy, Words } from '../fields.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';

/** A cooperation with authorities, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class CooperationCommand extends CaseCommand {
  @Ids('The authorities that are worked with: parties of this case, at least one.')
  @ArrayMinSize(1)
  authorities: string[] = [];

  @OptionalId('The party that works with them.')
  byPartyId?: string | null;

  @Words('What the cooperation is about, and how close, as the source says.')
  description!: TextInput;

  @OptionalWords('The law or agreement that it rests on.')
  legalBasis?: TextInput | null;

  @Ids('Records of this case that it is about.')
  about: string[] = [];

  @SaidBy()
  source!: SourceInput;
}

/** A cooperation with authorities, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class CooperationFacts {
  @Field(() => ID, { description: 'The cooperation.' })
  cooperationId!: string;

  @Field(() => [ID], { description: 'The authorities that are worked with: parties of this case, at least one.' })
  authorities!: string[];

  @Field(() => ID, { nullable: true, description: 'The party that works with them.' })
  byPartyId?: string;

  @Field(() => Text, {
    nullable: true,
    description: 'What the cooperation is about, and how close, as the source says.',
  })
  description?: Text;

  @Field(() => Text, { nullable: true, description: 'The law or agreement that it rests on.' })
  legalBasis?: Text;

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}

/** The facts of a command, everything it names checked. */
export function cooperationFacts(
  command: CooperationCommand,
  state: Frozen<CaseState>,
): Omit<CooperationFacts, 'cooperationId'> {
  const { authorities, byPartyId, description, legalBasis, about, source } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), ...authorities, byPartyId]);
  requireRecords(state, about);
  return { authorities, byPartyId, description, legalBasis, about, source } as Omit<CooperationFacts, 'cooperationId'>;
}
