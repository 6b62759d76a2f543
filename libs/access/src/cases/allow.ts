import {
  type CaseAccess,
  type CaseRight,
  granteeName,
  hasRole,
  type Mark,
  namesOf,
  type Reader,
  type Share,
  THE_CASE,
} from './case-access.js';
import { CASE_RULES, type CaseRule, type CaseRules } from './case-rules.js';

/** Whether a principal may do this in a case: the policy as a predicate. */
export function allow(reader: Reader, right: CaseRight, access: CaseAccess, rules: CaseRules = CASE_RULES): boolean {
  if (!receivesAll(reader, THE_CASE, access, rules)) return false;
  for (const rule of rules.cases) {
    if (hasRole(reader, rule.roles) && givenBy(rule, reader, access, rules).includes(right)) return true;
  }
  return false;
}

/** From which event and time on a reader is shown a case: its events, and what it was as of a moment. */
export type Reach = Pick<Share, 'since' | 'at'>;

const WHOLE: Reach = { since: 0, at: '' };

/**
 * How far back a case goes for a reader; null where it may not read it. One's own people are shown all of it, those of
 * outside organisations what was shared with them.
 */
export function reachOf(reader: Reader, access: CaseAccess, rules: CaseRules = CASE_RULES): Reach | null {
  if (!allow(reader, 'READ', access, rules)) return null;
  if (!isOutside(reader, rules)) return WHOLE;
  return namesOf(reader)
    .flatMap((name) => (access.members.get(name)?.has('READ') ? (access.shares.get(name) ?? []) : []))
    .map((share) => (share.withHistory ? WHOLE : share))
    .reduce<Reach | null>((first, one) => (first && first.since <= one.since ? first : one), null);
}

/** Whether somebody is of an outside organisation. */
export const isOutside = (
  reader: Pick<Reader, 'roles' | 'organisation'>,
  { outside }: CaseRules = CASE_RULES,
): boolean => reader.organisation !== null || hasRole(reader, outside);

/** The records that a reader of the case may not see. */
export const hiddenRecords = (reader: Reader, access: CaseAccess, rules: CaseRules = CASE_RULES): string[] =>
  [...new Set([...access.walls.keys(), ...access.marks.keys()])].filter(
    (recordId) =>
      recordId !== THE_CASE &&
      !(passes(reader, recordId, access, rules) && receivesAll(reader, recordId, access, rules)),
  );

/** Whether a mark lets a reader of the case receive what it stands on. */
export function receives(
  reader: Reader,
  mark: Mark,
  { members }: Pick<CaseAccess, 'members'>,
  rules: CaseRules = CASE_RULES,
): boolean {
  if (!isOutside(reader, rules)) return true;
  const organisation = reader.organisation && granteeName('ORGANISATION', reader.organisation);
  const is = {
    READER: () => true,
    COMMUNITY: () => organisation !== null && members.get(organisation)?.has('READ') === true,
    ORIGINATOR: () => organisation === mark.originator,
    RECIPIENT: () => namesOf(reader).some((name) => mark.recipients.has(name)),
  };
  return rules.marks.some(({ tlp, of }) => tlp.includes(mark.tlp) && is[of]());
}

function receivesAll(reader: Reader, id: string, access: CaseAccess, rules: CaseRules): boolean {
  for (const mark of access.marks.get(id)?.values() ?? []) {
    if (!receives(reader, mark, access, rules)) return false;
  }
  return true;
}

function givenBy(
  { of, gives }: CaseRule,
  reader: Reader,
  { restricted, members }: CaseAccess,
  rules: CaseRules,
): readonly CaseRight[] {
  if (of === 'UNRESTRICTED') {
    return restricted === false && gives !== 'AS_GRANTED' && !isOutside(reader, rules) ? gives : [];
  }
  const granted = namesOf(reader).flatMap((name) => [...(members.get(name) ?? [])]);
  // Whoever may not read a case is no member of it, whatever else a grant says.
  if (!granted.includes('READ')) return [];
  return gives === 'AS_GRANTED' ? granted : gives;
}

function passes(reader: Reader, recordId: string, access: CaseAccess, rules: CaseRules): boolean {
  const walls = access.walls.get(recordId);
  if (!walls) return true;
  const names = namesOf(reader);
  const isMember = names.some((name) => access.members.get(name)?.has('READ'));
  return [...walls.values()].every((wall) =>
    rules.walls.some(
      (rule) =>
        rule.wall === wall.kind &&
        hasRole(reader, rule.roles) &&
        (rule.of === 'MEMBER' ? isMember : names.some((name) => wall.names.has(name))),
    ),
  );
}
