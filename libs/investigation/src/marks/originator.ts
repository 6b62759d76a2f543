import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, Length, ValidateIf } from 'class-validator';
import { isOutside } from '#access/cases/allow.js';
import { granteeName, type Reader } from '#access/cases/case-access.js';
import { IsId } from '#event-sourcing/command.js';
import { type Actor } from '#event-sourcing/envelope.js';
import { IsShown } from '#event-sourcing/shown.js';

const description = 'Whose word a mark is: an outside organisation, by its id, a party of the case, or both as one.';

@InputType('OriginatorInput', { description })
@ObjectType('Originator', { description })
export class Originator {
  @Field(() => String, {
    nullable: true,
    description:
      'The id of an outside organisation, as keys and members name it, 1-200 characters. One of both is needed.',
  })
  @ValidateIf(({ organisation, partyId }: Originator) => isGiven(organisation) || !isGiven(partyId))
  @Length(1, 200, { message: 'organisation must be 1 to 200 characters where no partyId is given' })
  @IsShown()
  organisation?: string | null;

  @Field(() => ID, { nullable: true, description: 'A party of this case.' })
  @IsOptional()
  @IsId()
  partyId?: string | null;
}

/** The name of the same class in GraphQL inputs. */
export { Originator as OriginatorInput };

const isGiven = (value: unknown): boolean => value !== null && value !== undefined;

/** One's own word, as a name. */
export const OURS = '';

/** An originator as one text: the same organisation is the same one, whatever party stands beside it. */
export function originatorName(originator: Pick<Originator, 'organisation' | 'partyId'> | null | undefined): string {
  if (!originator) return OURS;
  const { organisation, partyId } = originator;
  return organisation ? granteeName('ORGANISATION', organisation) : `PARTY/${partyId}`;
}

/** An actor as somebody who reads: what is not known of it is one's own people's. */
export function readerOf(actor: Actor): Reader {
  const { id, roles = [], groups = [], organisation = null } = actor as Actor & Partial<Reader>;
  return { id, roles, groups, organisation };
}

/** Whom an actor speaks for: its own organisation, or one's own house; null for one of outside whose organisation is not known. */
export function spokenFor(actor: Actor): string | null {
  const reader = readerOf(actor);
  if (!isOutside(reader)) return OURS;
  return reader.organisation && granteeName('ORGANISATION', reader.organisation);
}
