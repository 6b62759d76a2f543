import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { connection, type Connection, PageArgs } from '#api/connection.js';
import { pageRequest, RowPage } from '#api/paging.js';
import { type RequestContext } from '#api/request-context.js';
import { type Row } from '#read-models/read-model.js';
import { Case } from '../cases/case.js';
import { caseNode, nodeReadAt, readAt } from '../cases/case-node.js';
import { caseModel } from '../cases/case-read-model.js';
import { readCases } from '../cases/read-cases.js';
import { CaseRelation } from './case-relation.js';
import { caseRelationModel } from './case-relation-read-model.js';
import { type CaseRelationKind, INVERSE } from './case-relation-state.js';

const CaseRelationConnection = connection(CaseRelation);

/** The relations of a case, whichever of both says so. */
@Resolver(() => Case)
export class RelatedCases {
  @ResolveField(() => CaseRelationConnection, {
    description:
      'The cases that have to do with this one, whichever of both says so, last changed first; those only that you may see.',
  })
  async caseRelations(
    @Parent() parent: Case,
    @Args() args: PageArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<CaseRelation>> {
    const read = readAt(parent);
    const { session, at } = read;
    const { id } = parent;
    const list = { kind: 'case.caseRelations', args: read.known ? { id, known: read.known } : id };
    const { first, after, at: moment } = await pageRequest(list, args, at, context);
    const either = [
      { column: 'caseId', op: 'eq', value: id },
      { column: 'otherCaseId', op: 'eq', value: id },
    ] as const;
    const page = await session.recordsWhere(caseRelationModel, { or: either }, { first, after }, moment);
    const recordedIn = page.rows.map(({ subjectId }) => subjectId).filter((one) => one !== id);
    await readCases(recordedIn, session, moment);
    const placed = page.rows.map((row) => ({ cursor: row.v, ...row }));
    return new RowPage(
      placed,
      page.hasNext,
      ({ row, known, subjectKey }) => {
        const seen = seenFrom(id, known ? { ...row, known } : row);
        return nodeReadAt<CaseRelation>(seen, { session, at: moment, key: subjectKey });
      },
      list,
      { first, after, at: moment },
      context,
    );
  }
}

/** A relation as one of the cases sees it. */
function seenFrom(id: string, { caseId, otherCaseId, caseRelationKind, ...row }: Row): Row {
  const isOwn = caseId === id;
  return {
    ...row,
    recordedIn: caseId,
    otherCaseId: isOwn ? otherCaseId : caseId,
    caseRelationKind: isOwn ? caseRelationKind : INVERSE[caseRelationKind as CaseRelationKind],
  };
}

/** The other case of a relation. */
@Resolver(() => CaseRelation)
export class OtherCase {
  @ResolveField(() => Case, {
    nullable: true,
    description: 'The other case, read at the same moment; null if you may not see it any more.',
  })
  async otherCase(@Parent() relation: CaseRelation): Promise<Case | null> {
    const { session, at } = readAt(relation);
    const subject = await session.subject(caseModel, { id: relation.otherCaseId }, at);
    return subject && caseNode(subject, session, at);
  }
}
