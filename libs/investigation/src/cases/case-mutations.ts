import { Field, ObjectType } from '@nestjs/graphql';
import { CommandAnswer, commandAnswer } from '#api/command-answer.js';
import { type Answer, mutation, type MutationParts } from '#api/mutation.js';
import { selects } from '#api/selects.js';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { storedEventOf } from '#event-sourcing/event.js';
import { capabilities } from '../capabilities.js';
import { caseAggregate } from '../case-aggregate.js';
import { Case } from './case.js';
import { caseNode } from './case-node.js';
import { caseModel } from './case-read-model.js';
import { CaseOpened } from './open-case.js';

@ObjectType({ description: 'What a command on a case led to. It is durable.' })
export class CaseAnswer extends CommandAnswer {
  @Field(() => Case, {
    nullable: true,
    description: 'The case with what was recorded; null unless readModel is CURRENT.',
  })
  case!: Case | null;
}

/** Reads the case back only if the client asks for it: then it waits until the read models have it. */
const answer: Answer<CaseAnswer> = async (result, { context, info }) => {
  const asksForCase = selects(info, 'case');
  const asksForPlace = result.sequence === null && (selects(info, 'sequence') || selects(info, 'events'));
  // What changes access is to hold from the answer on, whether or not anybody reads.
  if (!asksForCase && !asksForPlace && !changesAccess(result)) {
    return { ...commandAnswer(result, 'NOT_READ'), case: null };
  }
  const { state, placed } = await context.reached(result);
  if (state !== 'CURRENT' || !asksForCase) return { ...commandAnswer(placed, state), case: null };
  const session = context.renew();
  const at = await context.at(info.fieldName, null);
  const subject = await session.subject(caseModel, { id: result.subjectId }, at);
  return { ...commandAnswer(placed, state), case: subject && caseNode(subject, session, at) };
};

const accessTypes = new Set(capabilities.flatMap(({ access }) => (access ?? []).map(({ type }) => type)));
// An opened case closes nothing.
accessTypes.delete(storedEventOf(CaseOpened).type);

const changesAccess = ({ events }: CommandResult): boolean => events.some(({ type }) => accessTypes.has(type));

/** A mutation for each command on a case. */
export const caseMutations: readonly MutationParts[] = capabilities.flatMap(({ slices }) =>
  slices.map((slice) =>
    mutation({ slice, aggregate: caseAggregate, result: CaseAnswer, prepare: slice.gives, answer }),
  ),
);
