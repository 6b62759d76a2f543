import { Context, Field, ID, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { hasExpired, type Key } from '#access/keys/keys.js';
import { PrincipalKind, Role, Scope } from '#access/principal.js';
import { RequestContext } from './request-context.js';
import { Instant } from './scalars.js';
import { NeedsScope } from './needs-scope.js';

const KeyStatus = { LIVE: 'LIVE', EXPIRED: 'EXPIRED', REVOKED: 'REVOKED' } as const;
registerEnumType(KeyStatus, {
  name: 'KeyStatus',
  description: 'Whether a key opens anything.',
  valuesMap: {
    LIVE: { description: 'It does.' },
    EXPIRED: { description: 'Not any more: its time is over.' },
    REVOKED: { description: 'Not any more: an administrator revoked it.' },
  },
});

@ObjectType({ description: 'A key as administrators see it: without its secret.' })
export class ManagedKey {
  @Field(() => ID, { description: 'The public half of the key, 16 hex characters.' })
  id!: string;

  @Field(() => String, { description: 'Whom it belongs to.' })
  principal!: string;

  @Field(() => String, { description: 'The name shown for what is recorded with it.' })
  label!: string;

  @Field(() => PrincipalKind, { description: 'Whether the principal is a human being or a program.' })
  actorKind!: PrincipalKind;

  @Field(() => [Role], { description: 'What the principal may do.' })
  roles!: readonly Role[];

  @Field(() => [Scope], { description: 'What the key may be used for.' })
  scopes!: readonly Scope[];

  @Field(() => String, {
    nullable: true,
    description: 'The partner organisation whose people the principal is one of.',
  })
  organisation!: string | null;

  @Field(() => String, { nullable: true, description: 'The principal that a program stands in for.' })
  onBehalfOf!: string | null;

  @Field(() => KeyStatus, { description: 'Whether it opens anything.' })
  status!: keyof typeof KeyStatus;

  @Field(() => Instant, { nullable: true, description: 'From when on it opens nothing; null: never.' })
  expiresAt!: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'When it was last used, known to the minute after a crash; null if it never was.',
  })
  lastUsedAt!: string | null;
}

@ObjectType({ description: 'What a group of the OIDC provider gives its members.' })
export class MappedGroup {
  @Field(() => String, { description: 'The group, as tokens name it.' })
  group!: string;

  @Field(() => [Role], { description: 'What its members may do.' })
  roles!: readonly Role[];

  @Field(() => String, { nullable: true, description: 'The partner organisation whose people its members are.' })
  organisation!: string | null;
}

/** What administrators see of keys and groups. */
@Resolver()
export class AccessQueries {
  @Query(() => [ManagedKey], { description: 'Every key that was ever issued, the oldest first; for administrators.' })
  @NeedsScope('OPERATIONS')
  keys(@Context() context: RequestContext): ManagedKey[] {
    context.policy.requireAdministrator(context.principal, 'keys');
    return [...context.keys.all].map((key) => managed(key, context.keys.lastUses.get(key.id)));
  }

  @Query(() => [MappedGroup], { description: 'The groups that give their members anything; for administrators.' })
  @NeedsScope('OPERATIONS')
  groups(@Context() context: RequestContext): MappedGroup[] {
    context.policy.requireAdministrator(context.principal, 'groups');
    return [...context.groups.state.mappings].map(([group, mapping]) => ({ group, ...mapping }));
  }
}

function managed(key: Key, usedAt: number | undefined): ManagedKey {
  const { id, principal, label, actorKind, roles, scopes, organisation, onBehalfOf, expiresAt, revoked } = key;
  return {
    ...{ id, principal, label, actorKind, roles, scopes, organisation, onBehalfOf, expiresAt },
    status: revoked ? 'REVOKED' : hasExpired(key, Date.now()) ? 'EXPIRED' : 'LIVE',
    lastUsedAt: usedAt === undefined ? null : new Date(usedAt).toISOString(),
  };
}
