import { handlersByType } from '#event-sourcing/event.js';
import { type Aggregate, evolve } from '#event-sourcing/slice.js';
import { type PrincipalKind, type Role, type Scope, usualScopes } from '../principal.js';
import { KeyIssued, KeyRevoked } from './key-events.js';

/** A key as the access stream tells it. */
export interface Key {
  id: string;
  principal: string;
  label: string;
  actorKind: PrincipalKind;
  roles: readonly Role[];
  scopes: readonly Scope[];
  /** RFC 3339; null: never. */
  expiresAt: string | null;
  organisation: string | null;
  onBehalfOf: string | null;
  /** SHA-256 of the secret's 64 characters, lower-case hex. */
  secretHash: string;
  revoked: boolean;
  /** The stream's revision it was issued at, and that of its last change. */
  issuedAt: number;
  revision: number;
}

export interface KeysState {
  keys: Map<string, Key>;
}

/** @param now milliseconds since 1970 */
export const hasExpired = ({ expiresAt }: Pick<Key, 'expiresAt'>, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now;

/** All keys live in one stream. */
export const KEYS_STREAM = 'access-keys';

export const keysAggregate: Aggregate<KeysState> = {
  category: 'access',
  initial: () => ({ keys: new Map() }),
  subjectOf: () => 'keys',
  evolutions: handlersByType([
    evolve(KeyIssued, (state: KeysState, event, { revision }) => {
      const { keyId: id, principal, label, actorKind, principalRoles: roles, secretHash } = event;
      const { keyScopes, keyExpiresAt, organisation, onBehalfOf } = event;
      state.keys.set(id, {
        id,
        principal,
        label,
        actorKind,
        roles,
        scopes: keyScopes ?? usualScopes(roles),
        expiresAt: keyExpiresAt ?? null,
        organisation: organisation ?? null,
        onBehalfOf: onBehalfOf ?? null,
        secretHash,
        revoked: false,
        issuedAt: revision,
        revision,
      });
    }),
    evolve(KeyRevoked, (state: KeysState, event, { revision }) => {
      const key = state.keys.get(event.keyId);
      if (key) Object.assign(key, { revoked: true, revision });
    }),
  ]),
};
