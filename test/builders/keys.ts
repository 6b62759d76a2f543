import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { sha256 } from '#event-sourcing/hash.js';
import { KeyIssued, KeyRevoked } from '#access/keys/key-events.js';

export const annsKey = { id: '0123456789abcdef', secret: 'a'.repeat(64) };
export const annsSecondKey = { id: 'fedcba9876543210', secret: 'b'.repeat(64) };
export const botsKey = { id: 'ffffffff00000000', secret: 'c'.repeat(64) };

export const keyIssued = (key: { id: string; secret: string }, over: Partial<KeyIssued> = {}): DecidedEvent =>
  event(KeyIssued, {
    keyId: key.id,
    principal: 'ann',
    label: 'Ann Archer',
    actorKind: 'PERSON',
    principalRoles: ['INVESTIGATOR'],
    secretHash: sha256(key.secret),
    ...over,
  });

export const keyRevoked = ({ id }: { id: string }): DecidedEvent => event(KeyRevoked, { keyId: id });
