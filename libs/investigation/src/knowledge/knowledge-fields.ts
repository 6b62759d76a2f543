import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { IsId } from '#event-sourcing/command.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { OptionalId, When } from '../fields.js';
import { Channel } from '../values/enums.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Source, SourceInput } from '../values/source.js';
import { Text, TextInput } from '../values/text.js';

/** What is said of somebody's knowledge, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class KnowledgeCommand extends CaseCommand {
  @OptionalId('The party who knew; omitted: we ourselves.')
  knownTo?: string | null;

  @Field(() => [ID], { description: 'The records of this case that were known: 1 to 500.' })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsId({ each: true })
  about!: string[];

  @When('Since when they were known.')
  learnedAt: string = 'NOT_STATED';

  @Field(() => Channel, { defaultValue: 'NOT_STATED', description: 'By what way the party came to know.' })
  @IsIn(Object.values(Channel))
  channel: Channel = 'NOT_STATED';

  @Field(() => SourceInput, { description: 'Who says so, through whom, and how good that is.' })
  @ValidateNested()
  source!: SourceInput;

  @Field(() => TextInput, { nullable: true, description: 'How the party came to know, in words.' })
  @IsOptional()
  @ValidateNested()
  remark?: TextInput | null;
}

/** What is said of somebody's knowledge, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class KnowledgeFacts {
  @Field(() => ID, { description: 'What is recorded of the knowledge.' })
  knowledgeId!: string;

  @Field(() => ID, { nullable: true, description: 'The party who knew; null: we ourselves.' })
  knownTo?: string;

  @Field(() => [ID], { description: 'Records that were known.' })
  about!: string[];

  @Field(() => FuzzyTime, { description: 'Since when they were known, as stated.' })
  learnedAt!: string;

  @Field(() => Channel, { description: 'By what way the party came to know.' })
  channel!: Channel;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;

  @Field(() => Text, { nullable: true, description: 'How the party came to know, in words.' })
  remark?: Text;
}

/** The facts of a command, its references checked. */
export function knowledgeFacts(
  command: KnowledgeCommand,
  state: Frozen<CaseState>,
): Omit<KnowledgeFacts, 'knowledgeId'> {
  const { knownTo, about, learnedAt, channel, source, remark } = command;
  requireParties(state, [knownTo, source.assertedBy, ...(source.via ?? [])]);
  requireRecords(state, about);
  return { knownTo: knownTo ?? undefined, about, learnedAt, channel, source, remark: remark ?? undefined };
}
