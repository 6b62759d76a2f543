import { type Principal } from '#access/principal.js';
import { ACTOR } from '../sample-events.js';

/** Who is measured: an investigator in five groups of the identity provider, as a token names them. */
export const INVESTIGATOR: Principal = {
  ...ACTOR,
  kind: 'PERSON',
  credential: 'measured',
  roles: ['INVESTIGATOR'],
  groups: ['investigations', 'trust-and-safety', 'emea', 'on-call', 'staff'],
  organisation: null,
  scopes: ['CASES', 'AUDIT'],
};
