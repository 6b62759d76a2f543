import { Args, Field, ID, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { refuse } from '#event-sourcing/refusal.js';
import { type Row } from '#read-models/read-model.js';
import { Case } from '../cases/case.js';
import { readAt } from '../cases/case-node.js';
import { allRecords, type FoundRecord } from '../record-kinds.js';
import { isTakenBack } from '../retractions/taken-back.js';
import { type Source } from '../values/source.js';
import { independentOrigins } from './independent-origins.js';

@ObjectType({ description: 'An origin that is independent of the others.' })
export class Origin {
  @Field(() => [ID], { description: 'The parties who assert or relay what goes back to it.' })
  parties!: string[];

  @Field(() => [ID], { description: 'The records that go back to it.' })
  records!: string[];
}

@ObjectType({ description: 'Where a record comes from, together with what corroborates it.' })
export class Origins {
  @Field(() => Int, { description: 'How many origins there are that are independent of each other.' })
  count!: number;

  @Field(() => [Origin], {
    description: 'Each with whom and what goes back to it: source chains that share any party are one origin.',
  })
  origins!: Origin[];

  @Field(() => [ID], { description: 'The records that corroborate it, by links that stand.' })
  corroboratedBy!: string[];

  @Field(() => [ID], { description: 'The records that contradict it, by links that stand; they do not count.' })
  contradictedBy!: string[];

  @Field(() => [ID], { description: 'Those of it and what corroborates it that name no source: they are no origin.' })
  unsourced!: string[];
}

/** How many independent origins a record has. */
@Resolver(() => Case)
export class CaseOrigins {
  @ResolveField(() => Origins, {
    description: 'The independent origins of a record and of what corroborates it, by the chains of their sources.',
  })
  async origins(
    @Parent() parent: Case,
    @Args('recordId', { type: () => ID, description: 'The record.' }) recordId: string,
  ): Promise<Origins> {
    const { at } = readAt(parent);
    const all = await allRecords(parent, at);
    // The case's own first: one that was merged into it may have another of the same id.
    const asked =
      all.find(({ id }) => id === recordId) ??
      refuse('NOT_FOUND', `There is no record ${recordId} in this case at that moment that you may see.`);
    const records = new Map(all.filter(({ caseKey }) => caseKey === asked.caseKey).map((one) => [one.id, one]));
    // What no longer counts is neither support nor contradiction.
    const stands = (id: string): boolean => records.has(id) && !isTakenBack(records.get(id)!.row);
    const linked = (linkKind: string) =>
      [...records.values()].flatMap((one) => otherEnd(one, linkKind, recordId)).filter(stands);
    const corroboratedBy = [...new Set(linked('CORROBORATES'))];
    const sourced = [recordId, ...corroboratedBy].map((record) => ({
      record,
      chain: chainOf(records.get(record)!.row),
    }));
    const origins = independentOrigins(sourced);
    return {
      ...{ count: origins.length, origins, corroboratedBy, contradictedBy: [...new Set(linked('CONTRADICTS'))] },
      unsourced: sourced.flatMap(({ record, chain }) => (chain.length === 0 ? [record] : [])),
    };
  }
}

/** The other record of a link of this kind that stands, from whichever end it was recorded. */
function otherEnd({ kind, row }: FoundRecord, linkKind: string, id: string): string[] {
  if (kind !== 'link' || row.linkKind !== linkKind || isTakenBack(row)) return [];
  if (row.fromRecordId === id) return [row.toRecordId as string];
  return row.toRecordId === id ? [row.fromRecordId as string] : [];
}

/** Who asserts a record and who relays it. */
function chainOf({ source }: Row): string[] {
  if (!source) return [];
  const { assertedBy, via } = source as Source;
  return [assertedBy, ...(via ?? [])];
}
