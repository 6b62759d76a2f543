import { type Authorise, type AuthoriseRequest } from '#event-sourcing/command-attempt.js';
import { type Actor } from '#event-sourcing/envelope.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type AccessFilter } from '#read-models/access-filter.js';
import { allow, hiddenRecords, isOutside } from './cases/allow.js';
import { type CaseAccess, type CaseRight, hasRole } from './cases/case-access.js';
import { caseFilter } from './cases/case-filter.js';
import { CASE_RULES } from './cases/case-rules.js';
import { type Principal, type Role } from './principal.js';
import { READS_PREFIX } from './reads/reads-recorded.js';

/** Hears what was refused to whom; the case is null where it concerns none, or `asked` is none. */
export type Denied = (principal: Principal, caseId: string | null, what: string, asked?: string) => void;

/** What a principal may do and see. */
export class AccessPolicy {
  private readonly filters = new WeakMap<Principal, AccessFilter>();
  private readonly texts = new WeakMap<Principal, string>();

  constructor(private readonly denied: Denied = () => undefined) {}

  /**
   * Called with the loaded state, before anything of it is answered. Outside the need to know a case does not exist: it is
   * refused in the words of one that was never opened. Who may read it and lacks the right is refused with FORBIDDEN.
   */
  readonly authorise: Authorise = (actor, request) => {
    if (actor.kind === 'SYSTEM') return;
    const principal = actor as Principal;
    if (ADMINISTERED.has(request.category)) return this.requireAdministrator(principal, request.name);
    if (request.category === 'terms') return this.requireTermsWriter(principal, request.name);
    if (request.category !== 'case') return;
    const { exists, slice, name, subjectId } = request;
    // Refused in its turn, and noted as one is that exists: else the log would grow by another measure.
    if (!exists && !slice.creates) return this.denied(principal, null, name, subjectId);
    try {
      return authoriseOnCase(principal, request);
    } catch (error) {
      this.denied(principal, exists ? subjectId : null, name, subjectId);
      throw error;
    }
  };

  /** Refuses with FORBIDDEN whoever is no administrator. `what` is the query's name. */
  requireAdministrator(principal: Principal, what: string): void {
    if (principal.roles.includes('ADMINISTRATOR')) return;
    this.denied(principal, null, what);
    refuse('FORBIDDEN', `Only an administrator may use ${what}; ask one.`);
  }

  /** Whether terms, which stand outside all cases, are shown to a principal: to one's own people, whatever their role. */
  readsTerms(principal: Pick<Principal, 'roles' | 'organisation'>): boolean {
    return principal.roles.length > 0 && !isOutside(principal);
  }

  /** Whether what stands in streams of this category may enter a decision of this actor's. */
  readonly sees = (actor: Actor, category: string): boolean =>
    category !== 'terms' || actor.kind === 'SYSTEM' || this.readsTerms(actor as Principal);

  /** Refuses with FORBIDDEN whoever may not record terms. `what` is the command's name. */
  private requireTermsWriter(principal: Principal, what: string): void {
    if (this.readsTerms(principal) && hasRole(principal, TERMS_WRITERS)) return;
    this.denied(principal, null, what);
    forbidden(what, `one of the roles ${TERMS_WRITERS.join(', ')} as one of one's own people`);
  }

  /**
   * Refuses whoever may not know who reads, or could see, what of a case: with NOT_FOUND whoever may not know of the case, with
   * FORBIDDEN whoever is neither an auditor nor manages its members. Without a case, it is for one's own auditors. `what` is
   * the query's name.
   */
  requireAuditor(principal: Principal, what: string, caseId: string | null, access: CaseAccess | null): void {
    if (caseId !== null && !(access && allow(principal, 'READ', access))) {
      this.denied(principal, access && caseId, what, caseId);
      refuse('NOT_FOUND', `There is no case ${caseId} that you may see.`);
    }
    if (hasRole(principal, ['AUDITOR']) && (access || !isOutside(principal))) return;
    if (access && allow(principal, 'MANAGE_MEMBERS', access)) return;
    this.denied(principal, caseId, what, caseId ?? undefined);
    forbidden(
      what,
      caseId === null
        ? "the role AUDITOR as one of one's own people"
        : 'the role AUDITOR, or the right MANAGE_MEMBERS in this case',
    );
  }

  /** What every read of this principal passes: the same for the same principal, as a key has one for as long as it lives. */
  filter(principal: Principal): AccessFilter {
    let filter = this.filters.get(principal);
    if (!filter) {
      const administers = principal.roles.includes('ADMINISTRATOR');
      const machinery = administers ? MACHINERY : MACHINERY_AND_ACCESS;
      const hiddenStreamPrefixes = this.readsTerms(principal) ? machinery : [...machinery, TERMS];
      filter = { ...caseFilter(principal), hiddenStreamPrefixes };
      this.filters.set(principal, filter);
    }
    return filter;
  }

  /** Whether both are shown the same: somebody who came by a token may have other roles by now. */
  seesAlike(one: Principal, other: Principal): boolean {
    return one === other || this.shownTo(one) === this.shownTo(other);
  }

  /** Asked for each follower at each event: a principal is another object whenever any key or mapping has changed. */
  private shownTo(principal: Principal): string {
    const known = this.texts.get(principal);
    if (known !== undefined) return known;
    const text = JSON.stringify(this.filter(principal));
    this.texts.set(principal, text);
    return text;
  }
}

/** Streams that only administrators write to. */
const ADMINISTERED: ReadonlySet<string> = new Set(['access', 'techniques']);

/** Streams of terms. */
const TERMS = 'terms-';
/** Who records terms, and corrects them. */
const TERMS_WRITERS: readonly Role[] = ['INVESTIGATOR', 'COUNSEL'];

/**
 * Reservations of numbers and claims on references and merges tell of cases that the reader may not know of, and of nothing else; so do
 * records of who read what.
 */
const MACHINERY = ['numbering-', 'reference-', 'merging-', READS_PREFIX];
const MACHINERY_AND_ACCESS = ['numbering-', 'reference-', 'merging-', 'access-'];

function authoriseOnCase(principal: Principal, request: AuthoriseRequest): ReadonlySet<string> | void {
  const { name, slice, exists, missing, state } = request;
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
  if (access.walls.size === 0 && access.marks.size === 0) return;
  const closed = hiddenRecords(principal, access);
  if (closed.length > 0) return request.withTheirs(new Set(closed));
}

const forbidden = (name: string, needed: string): never =>
  refuse('FORBIDDEN', `${name} needs ${needed}, which you do not have; ask whoever manages it.`);
