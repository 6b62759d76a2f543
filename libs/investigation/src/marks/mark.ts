import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { Tlp, TLP_LEVELS, tlpLabel } from '#access/cases/tlp.js';
import { CaseCommand } from '../cases/case-command.js';
import { OptionalProse } from '../fields.js';
import { Grantee, GranteeInput, keyOfGrantee, NamedAnew, nameOf } from '../members/grantee.js';
import { Originator, OriginatorInput } from './originator.js';
import { Pap } from './pap.js';

/** What a mark says, as commands take it. */
@InputType({ isAbstract: true })
export abstract class MarkInput extends CaseCommand {
  @Field(() => Tlp, { description: 'Who may receive it.' })
  @IsIn(TLP_LEVELS)
  tlp!: Tlp;

  @Field(() => Pap, { nullable: true, description: 'What may be done with it; omitted: nothing is said of that.' })
  @IsOptional()
  @IsIn(Object.values(Pap))
  pap?: Pap | null;

  @Field(() => [GranteeInput], {
    defaultValue: [],
    description:
      "Of TLP:RED the people who receive it, of TLP:AMBER the originator's clients, organisations or people; of others none. At most 100.",
  })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique(keyOfGrantee)
  @ValidateNested({ each: true })
  @NamedAnew()
  recipients: GranteeInput[] = [];
}

/** What a mark says and whose word it is, as commands that set one take it. */
@InputType({ isAbstract: true })
export abstract class MarkCommand extends MarkInput {
  @Field(() => OriginatorInput, {
    nullable: true,
    description: 'Whose word it is; omitted: ours, or that of the organisation of whoever records it.',
  })
  @IsOptional()
  @ValidateNested()
  @NamedAnew('organisation')
  originator?: OriginatorInput | null;

  @OptionalProse('Why.')
  reason?: string | null;
}

/** What a mark says, as events keep it. */
@ObjectType({ isAbstract: true })
export abstract class MarkFacts {
  @Field(() => Tlp, { description: 'Who may receive it.' })
  tlp!: Tlp;

  @Field(() => Pap, { nullable: true, description: 'What may be done with it; absent: nothing is said of that.' })
  pap?: Pap;

  @Field(() => Originator, { nullable: true, description: 'Whose word it is; absent: ours.' })
  originator?: Originator;

  @Field(() => [Grantee], { description: 'Whom it names.' })
  recipients!: Grantee[];
}

/** The facts of an event that sets a mark. */
@ObjectType({ isAbstract: true })
export abstract class MarkSet extends MarkFacts {
  @Field(() => ID, { nullable: true, description: "The originator's consent that it was lowered by." })
  usedConsentId?: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

/** A mark as readers are shown it. */
@ObjectType({ description: 'A mark that stands on a case or a record: TLP 2.0 and PAP.' })
export class Mark extends MarkFacts {
  @Field(() => ID, {
    nullable: true,
    description: 'The record it stands on; null: the case, and so on each of its records.',
  })
  recordId?: string;
}

/** A mark in words: `TLP:AMBER+STRICT, PAP:RED, by acme`. */
export function markInWords({ tlp, pap, originator, recipients }: MarkFacts): string {
  const words = [tlpLabel(tlp), ...(pap ? [`PAP:${pap}`] : [])];
  if (originator) words.push(`by ${originator.organisation ?? `party ${originator.partyId}`}`);
  if (recipients.length > 0) words.push(`for ${recipients.map(nameOf).join(', ')}`);
  return words.join(', ');
}
