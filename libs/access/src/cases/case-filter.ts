import { type AccessFilter } from '#read-models/access-filter.js';
import { type Principal } from '../principal.js';
import { isOutside } from './allow.js';
import { hasRole, granteeName, namesOf } from './case-access.js';
import { CASE_RULES, type CaseRules, type MarkRule } from './case-rules.js';

/** The same rules as the filter that a principal's reads pass: what depends on the principal alone is decided here. */
export function caseFilter(
  principal: Principal,
  rules: CaseRules = CASE_RULES,
): Pick<AccessFilter, 'subjects' | 'walls' | 'marks' | 'told'> {
  const reads = rules.cases.filter(
    ({ roles, gives }) => hasRole(principal, roles) && (gives === 'AS_GRANTED' || gives.includes('READ')),
  );
  const fromGrant = isOutside(principal, rules);
  const byRole = fromGrant ? undefined : reads.find(({ of }) => of === 'UNRESTRICTED');
  const names = reads.some(({ of }) => of === 'MEMBER') ? namesOf(principal) : [];
  const passes = rules.walls.filter(({ roles }) => hasRole(principal, roles));
  return {
    subjects: { anybody: byRole !== undefined, holders: names, fromGrant },
    walls: {
      names: namesOf(principal),
      byName: passes.filter(({ of }) => of === 'NAMED').map(({ wall }) => wall),
      asMember: passes.filter(({ of }) => of === 'MEMBER').map(({ wall }) => wall),
    },
    marks: fromGrant ? marksFor(principal, rules) : null,
    told: {
      anybody: byRole ? firstHeld(principal, byRole.roles) : null,
      holders: names.flatMap((name) => {
        const since = name === granteeName('PERSON', principal.id) ? 0 : principal.since?.[name];
        return since === undefined ? [] : [{ name, since }];
      }),
    },
  };
}

function marksFor(principal: Principal, { marks }: CaseRules): AccessFilter['marks'] {
  const levels = (whom: MarkRule['of']) => [
    ...new Set(marks.filter(({ of }) => of === whom).flatMap(({ tlp }) => tlp)),
  ];
  return {
    names: namesOf(principal),
    organisations: principal.organisation === null ? [] : [granteeName('ORGANISATION', principal.organisation)],
    open: levels('READER'),
    asRecipient: levels('RECIPIENT'),
    asOriginator: levels('ORIGINATOR'),
    asCommunity: levels('COMMUNITY'),
  };
}

/** The sequence from which the principal is known to have had one of these roles; null if that is not known. */
function firstHeld({ roles, since }: Principal, of: CaseRules['opens']): number | null {
  const known = roles.filter((role) => of.includes(role)).flatMap((role) => since?.[`ROLE/${role}`] ?? []);
  return known.length > 0 ? Math.min(...known) : null;
}
