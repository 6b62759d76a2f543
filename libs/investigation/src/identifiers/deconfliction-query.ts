import { Context, Field, ID, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { refuse } from '#event-sourcing/refusal.js';
import { type RequestContext } from '#api/request-context.js';
import { type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { caseModel } from '../cases/case-read-model.js';
import { deconflictionId } from './deconfliction.js';
import { fingerprintOf, identifierModel } from './identifier-read-model.js';
import { identifiersWhere } from './identifiers-where.js';

/** So many cases of one lead, and so many identifiers elsewhere, are looked at. */
const MOST = 1_000;
/** So many identifiers of a case are read at a time. */
const PAGE = 500;

@ObjectType({
  description: 'A request to the leads of two cases to talk: something stands in both. It says nothing else.',
})
export class DeconflictionRequest {
  @Field(() => ID, {
    description: 'The same for both leads: they find each other by it, or somebody who may see both cases does.',
  })
  id!: string;
}

/** What the leads of cases are asked because of cases that they may not know of. */
@Resolver()
export class DeconflictionQuery {
  @Query(() => [DeconflictionRequest], {
    description:
      'The requests that stand to you as the lead of cases: for each other case that holds an identifier of one of yours, whether or not you may see it. In the order of their ids.',
  })
  async deconflictionRequests(@Context() context: RequestContext): Promise<DeconflictionRequest[]> {
    const { session, principal, keyedHash } = context;
    const at = await context.at('deconflictionRequests', null);
    const where = { column: 'lead', op: 'eq', value: principal.id } as const;
    const led = await session.subjects(caseModel, { where, first: MOST }, at);
    if (led.hasNext) tooMuch('cases');
    const unfiltered = context.unfiltered();
    const ids = new Set<string>();
    for (const { key, row } of led.rows) {
      const caseId = row.id as string;
      for await (const fingerprints of fingerprintsOf(session, key, at)) {
        // Whoever leads a case may not see what it meets; only an id comes of it.
        const condition = { column: 'fingerprint', op: 'in', value: fingerprints } as const;
        const moment = await unfiltered.at({ sequence: at.sequence });
        let left = MOST;
        for await (const { subjectId } of identifiersWhere(unfiltered, condition, moment)) {
          if (subjectId === caseId) continue;
          if (left-- === 0) tooMuch('identifiers that stand elsewhere');
          ids.add(deconflictionId(keyedHash, caseId, subjectId));
        }
      }
    }
    return [...ids].sort().map((id) => ({ id }));
  }
}

/** The identifiers of a case that stand and that the reader may see, page by page. */
async function* fingerprintsOf(session: ReadSession, key: number, at: ReadPoint): AsyncGenerator<string[]> {
  for (let after: number | undefined, more = true; more;) {
    const { rows, hasNext } = await session.records(identifierModel, key, { first: PAGE, after }, at);
    const fingerprints = rows.flatMap(({ row }) => fingerprintOf(row) ?? []);
    if (fingerprints.length > 0) yield fingerprints;
    after = rows.at(-1)?.v;
    more = hasNext;
  }
}

const tooMuch = (what: string): never =>
  refuse('LIMIT_EXCEEDED', `There are more than ${MOST} ${what}; let somebody else lead some of the cases.`, {
    allowed: MOST,
  });
