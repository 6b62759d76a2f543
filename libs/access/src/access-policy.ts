import { type Authorise, type AuthoriseRequest } from '#event-sourcing/command-attempt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type AccessFilter } from '#read-models/access-filter.js';
import { allow, hiddenRecords } from './cases/allow.js';
import { type CaseAccess, type CaseRight, hasRole } from './cases/case-access.js';
import { caseFilter } from './cases/case-filter.js';
import { CASE_RULES } from './cases/case-rules.js';
import { type Principal } from './principal.js';

/** What a principal may do and see. */
export class AccessPolicy {
  private readonly filters = new WeakMap<Principal, AccessFilter>();

  /**
   * Called with the loaded state, before anything of it is answered. Outside the need to know a case does not exist: it is
   * refused in the words of one that was never opened. Who may read it and lacks the right is refused with FORBIDDEN.
   */
  readonly authorise: Authorise = (actor, request) => {
    if (actor.kind === 'SYSTEM') return;
    const principal = actor as Principal;
    if (request.category === 'case') return authoriseOnCase(principal, request);
    if (request.category !== 'access') return;
    if (!principal.roles.includes('ADMINISTRATOR')) {
      refuse('FORBIDDEN', `Only an administrator may use ${request.name}; ask one.`);
    }
  };

  /** Refuses with FORBIDDEN whoever is no administrator. `what` is the query's name. */
  requireAdministrator(principal: Principal, what: string): void {
    if (!principal.roles.includes('ADMINISTRATOR'))
      refuse('FORBIDDEN', `Only an administrator may use ${what}; ask one.`);
  }

  /** What every read of this principal passes: the same for the same principal, as a key has one for as long as it lives. */
  filter(principal: Principal): AccessFilter {
    let filter = this.filters.get(principal);
    if (!filter) {
      const administers = principal.roles.includes('ADMINISTRATOR');
      filter = { ...caseFilter(principal), hiddenStreamPrefixes: administers ? MACHINERY : MACHINERY_AND_ACCESS };
      this.filters.set(principal, filter);
    }
    return filter;
  }
}

/** Reservations of numbers tell of cases that the reader may not know of, and of nothing else. */
const MACHINERY = ['numbering-'];
const MACHINERY_AND_ACCESS = [...MACHINERY, 'access-'];

function authoriseOnCase(principal: Principal, request: AuthoriseRequest): ReadonlySet<string> | void {
  const { name, slice, exists, missing, state, command } = request;
  const { access } = state as { access: CaseAccess };
  if (slice.creates) {
    if (!hasRole(principal, CASE_RULES.opens)) forbidden(name, `one of the roles ${CASE_RULES.opens.join(', ')}`);
    if (exists && !allow(principal, 'READ', access)) missing();
    return;
  }
  // What was never opened is refused in its turn.
  if (!exists) return;
  if (!allow(principal, 'READ', access)) missing();
  if (!hasRole(principal, CASE_RULES.writes)) forbidden(name, `one of the roles ${CASE_RULES.writes.join(', ')}`);
  const { right = 'CONTRIBUTE', role } = slice;
  if (!allow(principal, right as CaseRight, access)) forbidden(name, `the right ${right} in this case`);
  if (role && !principal.roles.includes(role as never)) forbidden(name, `the role ${role}`);
  if (access.walls.size === 0) return;
  const hidden = new Set(hiddenRecords(principal, access));
  if (hidden.size > 0 && mentions(command, hidden)) return hidden;
}

const forbidden = (name: string, needed: string): never =>
  refuse('FORBIDDEN', `${name} needs ${needed}, which you do not have; ask whoever manages it.`);

/** Whether a command names one of these ids, wherever in it. */
function mentions(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return ids.has(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => mentions(part, ids));
}
