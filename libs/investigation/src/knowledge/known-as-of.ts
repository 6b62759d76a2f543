import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { IsId } from '#event-sourcing/command.js';
import { refuse } from '#event-sourcing/refusal.js';
import { Instant } from '#api/scalars.js';
import { type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { partyModel } from '../parties/party-read-model.js';
import { knowingModel } from './knowing-read-model.js';

@InputType('KnownAsOf', {
  description:
    'What a party knew at a moment, as far as is recorded: records that it is not said to have known by then are left out. Beside asOf, by what stood in the record then.',
})
export class KnownAsOfInput {
  @Field(() => ID, {
    nullable: true,
    description: 'A party of the case; omitted: we ourselves, who besides know what we have recorded.',
  })
  @IsOptional()
  @IsId()
  party?: string | null;

  @Field(() => Instant, {
    description: 'The moment, in the world: it has nothing to do with when anything was recorded.',
  })
  time!: string;
}

/** A session that sees only what a party knew, or the session itself where that is not asked. */
export async function knowingSession(
  session: ReadSession,
  known: KnownAsOfInput | null | undefined,
): Promise<ReadSession> {
  return known ? session.knowing({ model: knowingModel, party: known.party ?? null, time: known.time }) : session;
}

/** Refuses with NOT_FOUND a party that the case did not have at that moment, or that may not be seen. */
export async function requireKnower(
  session: ReadSession,
  caseKey: number,
  { party }: KnownAsOfInput,
  at: ReadPoint,
): Promise<void> {
  if (!party) return;
  const where = { column: 'id', op: 'eq', value: party } as const;
  const { rows } = await session.records(partyModel, caseKey, { first: 1, where }, at);
  if (rows.length === 0)
    refuse('NOT_FOUND', `There is no party ${party} in this case at that moment that you may see.`);
}
