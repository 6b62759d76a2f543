import { type Actor } from '#event-sourcing/envelope.js';
import { type Principal } from '#access/principal.js';

/** An actor as a principal: of no role, no group and no organisation unless told otherwise, its key good for cases and audit. */
export const principal = (actor: Actor, over: Partial<Principal> = {}): Principal => ({
  ...actor,
  kind: actor.kind === 'SERVICE' ? 'SERVICE' : 'PERSON',
  credential: actor.credential ?? 'k1',
  roles: [],
  groups: [],
  organisation: null,
  scopes: ['CASES', 'AUDIT'],
  ...over,
});
