import { type Actor } from '#event-sourcing/envelope.js';

/** A person known by a key. */
export const person = (id: string, name: string, credential: string): Actor => ({
  id,
  name,
  kind: 'PERSON',
  authentication: 'KEY',
  issuer: null,
  subject: id,
  credential,
  onBehalfOf: null,
});

export const ann = person('ann', 'Ann Archer', 'a1a1a1a1a1a1a1a1');
export const bob = person('bob', 'Bob Brown', 'b2b2b2b2b2b2b2b2');

/** Ann with her second key: the same person. */
export const annsOtherKey: Actor = { ...ann, name: 'Ann on the road', credential: 'a3a3a3a3a3a3a3a3' };

/** The same as one of one's own people who investigates: what depends on roles looks at it. */
export const asInvestigator = (actor: Actor): Actor =>
  Object.assign({}, actor, { roles: ['INVESTIGATOR'], groups: [], organisation: null });
