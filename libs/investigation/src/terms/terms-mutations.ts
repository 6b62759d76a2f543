import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandAnswer, commandAnswer } from '#api/command-answer.js';
import { mutation, type MutationParts } from '#api/mutation.js';
import { addTermsVersion } from './add-terms-version.js';
import { correctTermsVersion } from './correct-terms-version.js';
import { correctTerms } from './correct-terms.js';
import { recordTerms } from './record-terms.js';
import { termsAggregate } from './terms-aggregate.js';

@ObjectType({ description: 'What a command on terms led to. It is durable.' })
export class TermsAnswer extends CommandAnswer {
  @Field(() => ID, { description: 'The terms.' })
  termsId!: string;
}

/** A mutation for each command on terms. */
export const termsMutations: readonly MutationParts[] = [
  recordTerms,
  correctTerms,
  addTermsVersion,
  correctTermsVersion,
].map((slice) =>
  mutation({
    slice,
    aggregate: termsAggregate,
    result: TermsAnswer,
    answer: async (result, { context }) => {
      const { state, placed } = await context.reached(result);
      return { ...commandAnswer(placed, state), termsId: result.subjectId };
    },
  }),
);
