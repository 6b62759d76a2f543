import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMinSize } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Ids, OptionalId, OptionalLine, SaidBy, Words } from '../fields.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';

/** An engagement of counsel, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class CounselEngagementCommand extends CaseCommand {
  @Ids('The counsel that are engaged: parties of this case, at least one.')
  @ArrayMinSize(1)
  counsel: string[] = [];

  @OptionalId('The party that engages them.')
  clientId?: string | null;

  @Words('What they are engaged for.')
  description!: TextInput;

  @OptionalLine('The law that they advise on.')
  jurisdiction?: string | null;

  @Ids('Records of this case that it is about.')
  about: string[] = [];

  @SaidBy()
  source!: SourceInput;
}

/** An engagement of counsel, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class CounselEngagementFacts {
  @Field(() => ID, { description: 'The engagement.' })
  counselEngagementId!: string;

  @Field(() => [ID], { description: 'The counsel that are engaged: parties of this case, at least one.' })
  counsel!: string[];

  @Field(() => ID, { nullable: true, description: 'The party that engages them.' })
  clientId?: string;

  @Field(() => Text, { nullable: true, description: 'What they are engaged for.' })
  description?: Text;

  @Field(() => String, { nullable: true, description: 'The law that they advise on.' })
  jurisdiction?: string;

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}

/** The facts of a command, everything it names checked. */
export function counselEngagementFacts(
  command: CounselEngagementCommand,
  state: Frozen<CaseState>,
): Omit<CounselEngagementFacts, 'counselEngagementId'> {
  const { counsel, clientId, description, jurisdiction, about, source } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), ...counsel, clientId]);
  requireRecords(state, about);
  return { counsel, clientId, description, jurisdiction, about, source } as Omit<
    CounselEngagementFacts,
    'counselEngagementId'
  >;
}
