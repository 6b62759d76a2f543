import { ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Row } from '#read-models/read-model.js';
import { readAt } from '../cases/case-node.js';
import { attributionModel } from './attribution-read-model.js';
import { Attribution } from './attribution.js';

/** So many are read at a time. */
const PAGE = 100;

/** The hypotheses that compete, whichever of two was recorded first. */
@Resolver(() => Attribution)
export class CompetingAttributions {
  @ResolveField(() => [ID], {
    description: 'The ids of the attributions that stand and compete with it, whichever of the two names the other.',
  })
  async competing(@Parent() attribution: Attribution): Promise<string[]> {
    const { id, competesWith } = attribution;
    const read = readAt(attribution);
    const competes = (row: Row): boolean =>
      row.status !== 'RETRACTED' &&
      (competesWith.includes(row.id as string) || (row.competesWith as string[]).includes(id));
    const found: string[] = [];
    // Asked for by each of a list, they are read once for all.
    for (let after: number | undefined, more = true; more;) {
      const { rows, hasNext } = await read.session.records(attributionModel, read.key, { first: PAGE, after }, read.at);
      found.push(...rows.filter(({ row }) => competes(row)).map(({ row }) => row.id as string));
      after = rows.at(-1)?.v;
      more = hasNext;
    }
    return found;
  }
}
