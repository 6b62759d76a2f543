import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ValidateNested } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Ids, OptionalId } from '../fields.js';
import { Text, TextInput } from '../values/text.js';

/** What a question says, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class QuestionCommand extends CaseCommand {
  @Field(() => TextInput, { description: 'The question.' })
  @ValidateNested()
  text!: TextInput;

  @OptionalId('The party who asks; omitted: we ourselves.')
  askedBy?: string | null;

  @Ids('Records of this case that it is about.')
  about: string[] = [];
}

/** What a question says, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class QuestionFacts {
  @Field(() => ID, { description: 'The question.' })
  questionId!: string;

  @Field(() => Text, { description: 'The question, in words.' })
  text!: Text;

  @Field(() => ID, { nullable: true, description: 'The party who asks; null: we ourselves.' })
  askedBy?: string;

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];
}

/** The facts of a command, its references checked. */
export function questionFacts(command: QuestionCommand, state: Frozen<CaseState>): Omit<QuestionFacts, 'questionId'> {
  const { text, askedBy, about } = command;
  requireParties(state, [askedBy]);
  requireRecords(state, about);
  return { text, askedBy: askedBy ?? undefined, about };
}
