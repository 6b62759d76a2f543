import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { event } from '#event-sourcing/event.js';
import { given } from '../../../../test/builders/decide.js';
import { annsKey, annsSecondKey, keyIssued, keyRevoked } from '../../../../test/builders/keys.js';
import { type KeyIssued, KeyRevoked } from './key-events.js';
import { keysAggregate } from './keys.js';
import { RevokeKey, revokeKey } from './revoke-key.js';

const command = (over: Partial<RevokeKey> = {}): RevokeKey =>
  Object.assign(new RevokeKey(), { commandId: 'c1', keyId: annsKey.id }, over);

describe('revokeKey', () => {
  it('revokes a key', () => {
    given(keysAggregate, keyIssued(annsKey))
      .when(revokeKey, command())
      .then(event(KeyRevoked, { keyId: annsKey.id }));
  });

  it('keeps why, and leaves the other keys of the principal alone', () => {
    given(keysAggregate, keyIssued(annsKey), keyIssued(annsSecondKey), keyRevoked(annsSecondKey))
      .when(revokeKey, command({ reason: 'Lost.' }))
      .then(event(KeyRevoked, { keyId: annsKey.id, reason: 'Lost.' }));
  });

  it('refuses a key that does not exist', () => {
    given(keysAggregate).when(revokeKey, command()).thenRefused('NOT_FOUND');
  });

  it('refuses a key that is revoked', () => {
    given(keysAggregate, keyIssued(annsKey), keyRevoked(annsKey))
      .when(revokeKey, command())
      .thenRefused('ALREADY_REVOKED');
  });

  it('keeps the last live key of an administrator', () => {
    const administrator = keyIssued(annsKey, { principalRoles: ['ADMINISTRATOR'] });
    const second = keyIssued(annsSecondKey, { principalRoles: ['ADMINISTRATOR'] });
    given(keysAggregate, administrator).when(revokeKey, command()).thenRefused('LAST_ADMINISTRATOR');
    given(keysAggregate, administrator, second, keyRevoked(annsSecondKey))
      .when(revokeKey, command())
      .thenRefused('LAST_ADMINISTRATOR');
    given(keysAggregate, administrator, second)
      .when(revokeKey, command())
      .then(event(KeyRevoked, { keyId: annsKey.id }));
  });

  it.each<[string, Partial<KeyIssued>]>([
    ['has expired', { keyExpiresAt: '2025-01-24T09:29:59Z' }],
    ['may not manage keys', { keyScopes: ['CASES', 'AUDIT'] }],
  ])('does not count an administrator’s key as another one that %s', (_, over) => {
    const administrator = keyIssued(annsKey, { principalRoles: ['ADMINISTRATOR'] });
    const other = keyIssued(annsSecondKey, { principalRoles: ['ADMINISTRATOR'], ...over });
    given(keysAggregate, administrator, other).when(revokeKey, command()).thenRefused('LAST_ADMINISTRATOR');
    given(keysAggregate, administrator, other)
      .when(revokeKey, command({ keyId: annsSecondKey.id }))
      .then(event(KeyRevoked, { keyId: annsSecondKey.id }));
  });

  it.each([
    ['an id of 16 hex characters', {}, []],
    ['the whole key', { keyId: `clk_${annsKey.id}` }, ['keyId']],
    ['an empty reason', { reason: '' }, ['reason']],
    ['a reason of which nothing is shown', { reason: ' ' }, ['reason']],
  ])('takes as input %s', (_, over, wrong) => {
    expect(validateSync(command(over)).map(({ property }) => property)).toEqual(wrong);
  });
});
