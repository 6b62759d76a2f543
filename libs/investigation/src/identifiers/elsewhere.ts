import { Context, Field, ID, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type RequestContext } from '#api/request-context.js';
import { caseModel } from '../cases/case-read-model.js';
import { readAt } from '../cases/case-node.js';
import { deconflictionId } from './deconfliction.js';
import { fingerprintOf, identifierModel } from './identifier-read-model.js';
import { identifiersWhere } from './identifiers-where.js';
import { Identifier } from './identifier.js';

/** So many are answered at most. */
const MOST = 100;

@ObjectType({ description: 'The same identifier in another case that you may see.' })
export class IdentifierElsewhere {
  @Field(() => ID, { description: 'The other case.' })
  caseId!: string;

  @Field(() => String, { description: 'Its number.' })
  caseNumber!: string;

  @Field(() => ID, { description: 'The identifier there.' })
  identifierId!: string;

  @Field(() => ID, { description: 'The party that it identifies there.' })
  subjectId!: string;

  @Field(() => ID, { description: 'The request that the leads of both cases get: see `deconflictionRequests`.' })
  deconflictionId!: string;
}

/** Where else an identifier stands, as far as the reader may see: of the rest there is not a trace, not even a count. */
@Resolver(() => Identifier)
export class IdentifierElsewhereField {
  @ResolveField(() => [IdentifierElsewhere], {
    description: `The same identifier in other cases that you may see, last changed first, ${MOST} at most.`,
  })
  async elsewhere(
    @Parent() identifier: Identifier,
    @Context() context: RequestContext,
  ): Promise<IdentifierElsewhere[]> {
    const { session, at, key } = readAt(identifier);
    const value = fingerprintOf({ ...identifier });
    if (value === null) return [];
    const same = { column: 'fingerprint', op: 'eq', value } as const;
    const own = { and: [same, { column: 'id', op: 'eq', value: identifier.id }] } as const;
    const self = await session.recordsWhere(identifierModel, own, { first: 1 }, at);
    const elsewhere: IdentifierElsewhere[] = [];
    for await (const { subjectKey, subjectId: caseId, row } of identifiersWhere(session, same, at)) {
      if (elsewhere.length === MOST) break;
      if (subjectKey === key) continue;
      // The case is read as any that is shown, so that it is recorded as read where that is.
      const other = await session.subject(caseModel, { id: caseId }, at);
      if (!other) continue;
      elsewhere.push({
        caseId,
        caseNumber: other.row.number as string,
        identifierId: row.id as string,
        subjectId: row.subjectId as string,
        deconflictionId: deconflictionId(context.keyedHash, self.rows[0].subjectId, caseId),
      });
    }
    return elsewhere;
  }
}
