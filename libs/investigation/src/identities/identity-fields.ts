import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { AssessmentCommand, AssessmentFacts, assessmentFacts } from '../assessments/assessment-fields.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { Ids } from '../fields.js';

/** The most parties that are held to be one. */
const MOST = 50;

/** An assessment of identity, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class IdentityCommand extends AssessmentCommand {
  @Ids('The parties that would be one and the same: 2 to 50.')
  @ArrayMinSize(2)
  @ArrayMaxSize(MOST)
  samePartyIds!: string[];
}

/** An assessment of identity, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class IdentityFacts extends AssessmentFacts {
  @Field(() => ID, { description: 'The assessment.' })
  identityId!: string;

  @Field(() => [ID], { description: 'The parties that would be one and the same.' })
  samePartyIds!: string[];
}

/** The facts of a command, its parties checked. */
export function identityFacts(command: IdentityCommand, state: Frozen<CaseState>): Omit<IdentityFacts, 'identityId'> {
  const { samePartyIds } = command;
  requireParties(state, samePartyIds);
  return { samePartyIds, ...assessmentFacts(command, state) };
}
