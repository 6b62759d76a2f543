import { ObjectType } from '@nestjs/graphql';
import { CommandAnswer, commandAnswer } from '#api/command-answer.js';
import { mutation, type MutationParts } from '#api/mutation.js';
import { catalogueAggregate } from './catalogue.js';
import { loadTechniques } from './load-techniques.js';

@ObjectType({ description: 'That techniques are known from now on. It is durable.' })
export class LoadTechniquesAnswer extends CommandAnswer {}

/** For administrators. */
export const loadTechniquesMutation: MutationParts = mutation({
  slice: loadTechniques,
  aggregate: catalogueAggregate,
  result: LoadTechniquesAnswer,
  scope: 'OPERATIONS',
  answer: (result) => commandAnswer(result, 'NOT_READ'),
});
