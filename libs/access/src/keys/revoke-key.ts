import { Field, ID } from '@nestjs/graphql';
import { IsOptional, Length, Matches } from 'class-validator';
import { Command, CommandInput } from '#event-sourcing/command.js';
import { event } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { IsShown } from '#event-sourcing/shown.js';
import { type Frozen, slice } from '#event-sourcing/slice.js';
import { KeyRevoked } from './key-events.js';
import { hasExpired, type Key, type KeysState } from './keys.js';

@CommandInput('Revokes a key: the next request with it is answered 401.')
export class RevokeKey extends Command {
  @Field(() => ID, { description: 'The public half of the key: the 16 hex characters after clk_.' })
  @Matches(/^[0-9a-f]{16}$/, { message: 'it must be the 16 hex characters after clk_' })
  keyId!: string;

  @Field(() => String, { nullable: true, description: 'Why, 1-20,000 characters.' })
  @IsOptional()
  @Length(1, 20_000)
  @IsShown()
  reason?: string | null;
}

export const revokeKey = slice<KeysState, RevokeKey>(RevokeKey, (command, state, { now }) => {
  const key = state.keys.get(command.keyId);
  if (!key) refuse('NOT_FOUND', `There is no key ${command.keyId}.`);
  if (key.revoked) refuse('ALREADY_REVOKED', `The key ${command.keyId} is revoked already.`);
  if (isLastAdministrator(key, state, Date.parse(now))) {
    refuse('LAST_ADMINISTRATOR', 'It is the last live key of an administrator; issue another one first (issueKey).');
  }
  return [event(KeyRevoked, { keyId: command.keyId, reason: command.reason ?? undefined })];
});

/** Without any key that opens the administrators' commands nobody could issue or revoke keys ever again. */
function isLastAdministrator(revoked: Frozen<Key>, { keys }: Frozen<KeysState>, now: number): boolean {
  const administers = (key: Frozen<Key>): boolean =>
    !key.revoked && !hasExpired(key, now) && key.roles.includes('ADMINISTRATOR') && key.scopes.includes('OPERATIONS');
  return administers(revoked) && ![...keys.values()].some((other) => other.id !== revoked.id && administers(other));
}
