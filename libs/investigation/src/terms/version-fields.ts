import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, ValidateNested } from 'class-validator';
import { refuse } from '#event-sourcing/refusal.js';
import { Line, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { endsBefore } from '../values/fuzzy-time.js';
import { Clause } from './clause.js';
import { TermsCommand } from './terms-command.js';

/** A version of terms, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class TermsVersionCommand extends TermsCommand {
  @Line('The version, as the document names it: `2024-11`.')
  version!: string;

  @When('From when on it is in force.')
  effectiveFrom: string = 'NOT_STATED';

  @When('Until when it is in force; not stated: until a later version is.')
  effectiveUntil: string = 'NOT_STATED';

  @Field(() => [Clause], { defaultValue: [], description: 'Its clauses, those that matter at least. At most 500.' })
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique(({ clause }: Clause) => clause)
  @ValidateNested({ each: true })
  clauses: Clause[] = [];
}

/** A version of terms, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class TermsVersionFacts {
  @Field(() => ID, { description: 'The terms.' })
  termsId!: string;

  @Field(() => String, { nullable: true, description: 'The version, as the document names it.' })
  version?: string;

  @Field(() => FuzzyTime, { description: 'From when on it is in force, as stated.' })
  effectiveFrom!: string;

  @Field(() => FuzzyTime, { description: 'Until when it is in force, as stated.' })
  effectiveUntil!: string;

  @Field(() => [Clause], { description: 'Its clauses, those that matter at least.' })
  clauses!: Clause[];
}

/** The facts of a command. Refuses with ENDS_BEFORE_IT_BEGINS a version that cannot ever be in force. */
export function versionFacts(command: TermsVersionCommand): TermsVersionFacts {
  const { termsId, version, effectiveFrom, effectiveUntil, clauses } = command;
  if (endsBefore(effectiveUntil, effectiveFrom))
    refuse('ENDS_BEFORE_IT_BEGINS', 'The version would end before it begins; give effectiveUntil a later time.');
  return { termsId, version, effectiveFrom, effectiveUntil, clauses };
}
