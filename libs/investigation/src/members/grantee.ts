import { Field, InputType, ObjectType } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  Length,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { ALL_RIGHTS, CaseRight, GranteeKind, granteeName, type GranteeName } from '#access/cases/case-access.js';
import { MOST_PRINCIPAL } from '#access/principal.js';
import { isSeen, WRITE_AS_SEEN } from '#access/seen.js';
import { all } from '../fields.js';

const whom = 'Whom access is given to: a principal, a group or an outside organisation.';

@InputType('GranteeInput', { description: whom })
@ObjectType('Grantee', { description: whom })
export class Grantee {
  @Field(() => GranteeKind, { description: 'Whether `id` names a person (or program), a group or an organisation.' })
  @IsIn(Object.values(GranteeKind))
  kind!: GranteeKind;

  @Field(() => String, {
    description: `The principal's id, the group's name or the organisation's id: 1-${MOST_PRINCIPAL} characters.`,
  })
  @Length(1, MOST_PRINCIPAL)
  id!: string;
}

/** The name of the same class in GraphQL inputs. */
export { Grantee as GranteeInput };

/** A grantee as one text, as access is decided by. */
export const nameOf = ({ kind, id }: Pick<Grantee, 'kind' | 'id'>): GranteeName => granteeName(kind, id);

/**
 * One grantee or several, or an originator, that are named anew: by names that look like nobody else's. A member that stands is
 * changed and removed by whatever name it has.
 */
export const NamedAnew = (by: 'id' | 'organisation' = 'id'): PropertyDecorator =>
  ValidateBy({
    name: 'isSeen',
    validator: {
      validate: (value) =>
        [value].flat().every((one: Partial<Record<typeof by, unknown>> | null) => {
          const name = one?.[by];
          return typeof name !== 'string' || isSeen(name);
        }),
      defaultMessage: () => `each ${by} ${WRITE_AS_SEEN}`,
    },
  });

/** Rights in a case, one at least. */
export const Rights = (description: string): PropertyDecorator =>
  all(
    Field(() => [CaseRight], { description }),
    IsArray(),
    ArrayNotEmpty(),
    ArrayMaxSize(ALL_RIGHTS.length),
    ArrayUnique(),
    IsIn(ALL_RIGHTS, { each: true }),
  );

const granted = 'A member of a case and what it may do there.';

@InputType('CaseGrantInput', { description: granted })
@ObjectType('CaseGrant', { description: granted })
export class CaseGrant {
  @Field(() => Grantee, { description: 'The member.' })
  @ValidateNested()
  @NamedAnew()
  grantee!: Grantee;

  @Rights('What it may do; READ is always among it.')
  rights!: CaseRight[];
}

/** The name of the same class in GraphQL inputs. */
export { CaseGrant as CaseGrantInput };

/** Rights in their order, with READ: whoever may do anything in a case may read it. */
export const completed = (rights: readonly CaseRight[]): CaseRight[] =>
  ALL_RIGHTS.filter((right) => right === 'READ' || rights.includes(right));

/** Tells the grantees of a list apart, valid or not: for `ArrayUnique`. */
export const keyOfGrantee = (one: Partial<Grantee> | null): string => `${one?.kind}/${one?.id}`;
export const keyOfGrant = (one: Partial<CaseGrant> | null): string => keyOfGrantee(one?.grantee ?? null);
