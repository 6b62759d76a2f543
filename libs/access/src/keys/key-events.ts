import { Field, ObjectType } from '@nestjs/graphql';
import { StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { PrincipalKind, Role, Scope } from '../principal.js';

@ObjectType({ description: 'A key was issued to a principal.' })
@StoredEvent<KeyIssued>('KeyIssued', {
  version: 1,
  stix: 'none: who may sign in to this installation',
  summary: ({ keyId, principal, label }) => `Key ${keyId} issued to ${principal} (${label})`,
})
export class KeyIssued {
  @Field(() => String, { description: 'The public half of the key, 16 hex characters.' })
  keyId!: string;

  @Field(() => String, { description: 'Whom the key belongs to: two keys of one principal are one person.' })
  principal!: string;

  @Field(() => String, { description: 'The name shown for what is recorded with this key.' })
  label!: string;

  @Field(() => PrincipalKind, { description: 'Whether the principal is a human being or a program.' })
  actorKind!: PrincipalKind;

  @Field(() => [Role], { description: 'What the principal may do.' })
  principalRoles!: Role[];

  @Field(() => [Scope], {
    nullable: true,
    description: 'What the key may be used for; absent: cases and audit, and for administrators operations too.',
  })
  keyScopes?: Scope[];

  @Field(() => String, { nullable: true, description: 'From when on it opens nothing, RFC 3339; absent: never.' })
  keyExpiresAt?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The partner organisation whose people the principal is one of; absent: one’s own.',
  })
  organisation?: string;

  @Field(() => String, { nullable: true, description: 'The principal that a program stands in for.' })
  onBehalfOf?: string;

  @Field(() => String, { description: "SHA-256 of the secret's 64 characters, as hex." })
  secretHash!: string;
}

@ObjectType({ description: 'A key was revoked: it opens nothing from then on.' })
@StoredEvent<KeyRevoked>('KeyRevoked', {
  version: 1,
  stix: 'none: who may sign in to this installation',
  summary: ({ keyId, reason }) => `Key ${keyId} revoked${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class KeyRevoked {
  @Field(() => String, { description: 'The public half of the key, 16 hex characters.' })
  keyId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}
