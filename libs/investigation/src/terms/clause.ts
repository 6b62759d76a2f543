import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { ValidateNested } from 'class-validator';
import { Choice, Line, OptionalLine } from '../fields.js';
import { Text } from '../values/text.js';
import { ClauseKind } from './terms-enums.js';

const description = 'A clause of a version of terms.';

/** A clause of a version of terms. */
@InputType('ClauseInput', { description })
@ObjectType('Clause', { description })
export class Clause {
  @Line('Its number, as the document has it: `4.2`.')
  clause!: string;

  @OptionalLine('Its heading.')
  heading?: string | null;

  @Choice(ClauseKind, 'What it does.', 'OTHER')
  clauseKind: ClauseKind = 'OTHER';

  @Field(() => Text, { description: 'What it says.' })
  @ValidateNested()
  text!: Text;
}
