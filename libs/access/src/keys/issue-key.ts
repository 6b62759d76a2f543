import { Field } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  Length,
  Matches,
} from 'class-validator';
import { Command, CommandInput } from '#event-sourcing/command.js';
import { event } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { IsShown } from '#event-sourcing/shown.js';
import { type Frozen, slice } from '#event-sourcing/slice.js';
import { MOST_PRINCIPAL, PrincipalKind, Role, Scope, usualScopes } from '../principal.js';
import { IsSeen } from '../seen.js';
import { KeyIssued } from './key-events.js';
import { hasExpired, type Key, type KeysState } from './keys.js';

@CommandInput(
  'Issues a key to a principal. The secret is made by the server, given to the decision as its hash, and shown once.',
)
export class IssueKey extends Command {
  @Field(() => String, {
    description: `Whom the key belongs to, 1-${MOST_PRINCIPAL} characters: a name or id that stays.`,
  })
  @Length(1, MOST_PRINCIPAL)
  @IsSeen()
  principal!: string;

  @Field(() => String, { description: 'The name to show for what is recorded with this key, 1-200 characters.' })
  @Length(1, 200)
  @IsShown()
  label!: string;

  @Field(() => PrincipalKind, { description: 'Whether the principal is a human being or a program.' })
  @IsIn(Object.values(PrincipalKind))
  actorKind!: PrincipalKind;

  @Field(() => [Role], { defaultValue: [], description: 'What the principal may do.' })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(Object.values(Role), { each: true })
  principalRoles: Role[] = [];

  @Field(() => [Scope], {
    nullable: true,
    description: 'What the key may be used for; omitted: cases and audit, and for administrators operations too.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(Object.values(Scope), { each: true })
  scopes?: Scope[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'From when on the key opens nothing, RFC 3339 with an offset and in the future; omitted: never.',
  })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true }, { message: 'it must be a moment that exists' })
  @Matches(/T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/, { message: 'it must be like 2026-03-01T09:30:00Z' })
  expiresAt?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The partner organisation whose people the principal is one of, 1-200 characters; omitted: one’s own.',
  })
  @IsOptional()
  @Length(1, 200)
  @IsSeen()
  organisation?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The principal that a program stands in for, 1-${MOST_PRINCIPAL} characters: where two people are needed they count as one.`,
  })
  @IsOptional()
  @Length(1, MOST_PRINCIPAL)
  @IsSeen()
  onBehalfOf?: string | null;
}

/** The key's public id: derived from the command, so that a retry names the same key. */
export const keyIdOf = (newId: string): string => newId.replaceAll('-', '').slice(0, 16);

/** A program's new key beside the one it replaces: those in between are forgotten ones. */
export const MOST_LIVE_KEYS = 2;

export const issueKey = slice<KeysState, IssueKey>(IssueKey, (command, { keys }, context) => {
  const { principal, label, actorKind, principalRoles, scopes, expiresAt, organisation, onBehalfOf } = command;
  if (expiresAt && !(Date.parse(expiresAt) > Date.parse(context.now))) {
    refuse('EXPIRED_ALREADY', `A key that expires at ${expiresAt} would open nothing; it is ${context.now} now.`);
  }
  const isLive = (key: Frozen<Key>): boolean => !key.revoked && !hasExpired(key, Date.parse(context.now));
  const live = [...keys.values()].filter(
    (key) => key.principal === principal && key.actorKind === 'SERVICE' && isLive(key),
  );
  if (actorKind === 'SERVICE' && live.length >= MOST_LIVE_KEYS) {
    const ids = live.map(({ id }) => id).join(', ');
    refuse(
      'TOO_MANY_KEYS',
      `The program ${principal} has ${live.length} live keys (${ids}); revoke one of them first.`,
      {
        allowed: MOST_LIVE_KEYS,
      },
    );
  }
  return [
    event(KeyIssued, {
      ...{ keyId: keyIdOf(context.newId()), principal, label, actorKind, principalRoles },
      keyScopes: scopes ?? [...usualScopes(principalRoles)],
      keyExpiresAt: expiresAt ?? undefined,
      organisation: organisation ?? undefined,
      onBehalfOf: onBehalfOf ?? undefined,
      secretHash: context.given.secretHash,
    }),
  ];
});
