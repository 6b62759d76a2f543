import { type Authorise } from '#event-sourcing/command-attempt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Principal } from './principal.js';

/** What a principal may do and see: any valid key reads and records, only an administrator manages keys and sees their events. */
export class AccessPolicy {
  /** Refuses with FORBIDDEN. Called with the loaded state, before anything of it is answered. */
  readonly authorise: Authorise = (actor, { category, name }) => {
    if (category !== 'access' || actor.kind === 'SYSTEM') return;
    if ((actor as Principal).roles.includes('ADMINISTRATOR')) return;
    refuse('FORBIDDEN', `Only an administrator may use ${name}; ask one.`);
  };

  /** Refuses with FORBIDDEN whoever is no administrator. `what` is the query's name. */
  requireAdministrator(principal: Principal, what: string): void {
    if (!principal.roles.includes('ADMINISTRATOR'))
      refuse('FORBIDDEN', `Only an administrator may use ${what}; ask one.`);
  }

  /** What every read of this principal passes. */
  filter(principal: Principal): { subjects: null; hiddenStreamPrefixes: readonly string[] } {
    return principal.roles.includes('ADMINISTRATOR') ? EVERYTHING : CASES_ONLY;
  }
}

const EVERYTHING = { subjects: null, hiddenStreamPrefixes: [] };
const CASES_ONLY = { subjects: null, hiddenStreamPrefixes: ['access-'] };
