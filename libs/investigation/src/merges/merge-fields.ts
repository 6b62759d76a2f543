import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Case } from '../cases/case.js';
import { caseNode, readAt } from '../cases/case-node.js';
import { caseModel } from '../cases/case-read-model.js';
import { mergeModel } from './merge-read-model.js';
import { mergedInto } from './merged-cases.js';

/** What a case is merged into, and what is merged into it. */
@Resolver(() => Case)
export class MergeFields {
  @ResolveField(() => Case, {
    nullable: true,
    description: 'The case that this one is merged into, read at the same moment; null: none that you may see.',
  })
  async mergedInto(@Parent() parent: Case): Promise<Case | null> {
    const { session, at } = readAt(parent);
    if (!(await session.holdsAny(mergeModel, at))) return null;
    const merge = await session.record(mergeModel, parent.id, at);
    const id = merge?.row.mergedInto as string | null | undefined;
    const subject = id ? await session.subject(caseModel, { id }, at) : null;
    return subject && caseNode(subject, session, at);
  }

  @ResolveField(() => [Case], {
    description:
      'The cases that are merged into this one, read at the same moment, last merged first; those that you may see.',
  })
  async mergedCases(@Parent() parent: Case): Promise<Case[]> {
    const { session, at } = readAt(parent);
    const merged = await mergedInto(parent);
    const subjects = await Promise.all(merged.map(({ id }) => session.subject(caseModel, { id }, at)));
    return subjects.flatMap((subject) => (subject ? [caseNode(subject, session, at)] : []));
  }
}
