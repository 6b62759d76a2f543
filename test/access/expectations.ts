import { ROLES, type RoleOrNone, SITUATIONS, type Situation } from './columns.js';
import { type Target } from './target.js';

/**
 * What is answered: `shown` something of the case, or `nothing` of it; `let-in` to record something (had the revision that was
 * expected been the case's); or the code of the refusal.
 */
export type Outcome = string;
type Expectation = (role: RoleOrNone, situation: Situation) => Outcome;

/** An operation: what it is answered, and with which arguments it is asked about a case (without any unless given). */
export interface Row {
  expect: Expectation;
  args?: (target: Target) => Record<string, unknown>[];
}

/** Reads a table: a line for each role, a column for each situation. */
function table(text: string): Expectation {
  const [head, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/));
  if (head.join() !== SITUATIONS.join()) throw new Error(`The columns are ${head.join()}.`);
  const rows = new Map(lines.map(([role, ...cells]) => [role, cells]));
  for (const role of ROLES) {
    if (rows.get(role)?.length !== SITUATIONS.length) throw new Error(`A line for ${role} is missing or too short.`);
  }
  return (role, situation) => rows.get(role)![SITUATIONS.indexOf(situation)];
}

/** Reading a case, or anything in it. */
const READS = table(`
                outside    open       reader     member
  INVESTIGATOR  nothing    shown      shown      shown
  COUNSEL       nothing    shown      shown      shown
  REVIEWER      nothing    shown      shown      shown
  AUDITOR       nothing    nothing    shown      shown
  ADMINISTRATOR nothing    nothing    shown      shown
  INTEGRATION   nothing    nothing    shown      shown
  PARTNER       nothing    nothing    shown      shown
  NONE          nothing    nothing    nothing    nothing
`);

/** Reading what was recorded before partners came to read the case: those to whom it is shared from then on do not. */
export const READS_EARLIER: Expectation = (role, situation) =>
  role === 'PARTNER' && situation === 'reader' ? 'nothing' : READS(role, situation);

/** Reading the first of its events and, again, the last. */
export const READS_BOTH: Expectation = (role, situation) =>
  role === 'PARTNER' && situation === 'reader' ? 'nothing,shown' : READS(role, situation);

/** Following one case. */
export const FOLLOWS = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  shown      shown      shown
  COUNSEL       NOT_FOUND  shown      shown      shown
  REVIEWER      NOT_FOUND  shown      shown      shown
  AUDITOR       NOT_FOUND  NOT_FOUND  shown      shown
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  shown      shown
  INTEGRATION   NOT_FOUND  NOT_FOUND  shown      shown
  PARTNER       NOT_FOUND  NOT_FOUND  shown      shown
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Asking who read a case, or was denied it: none of the answers names the case. */
export const AUDITS = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  FORBIDDEN  FORBIDDEN  nothing
  COUNSEL       NOT_FOUND  FORBIDDEN  FORBIDDEN  nothing
  REVIEWER      NOT_FOUND  FORBIDDEN  FORBIDDEN  nothing
  AUDITOR       NOT_FOUND  NOT_FOUND  nothing    nothing
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  nothing
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  nothing
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  nothing
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Asking who could see the case: the events that the answer rests on are the case's. */
export const LOOKS_UP = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  FORBIDDEN  FORBIDDEN  shown
  COUNSEL       NOT_FOUND  FORBIDDEN  FORBIDDEN  shown
  REVIEWER      NOT_FOUND  FORBIDDEN  FORBIDDEN  shown
  AUDITOR       NOT_FOUND  NOT_FOUND  shown      shown
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  shown
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  shown
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  shown
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Recording in a case. */
const CONTRIBUTES = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  let-in     FORBIDDEN  let-in
  COUNSEL       NOT_FOUND  let-in     FORBIDDEN  let-in
  REVIEWER      NOT_FOUND  let-in     FORBIDDEN  let-in
  AUDITOR       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  let-in
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  let-in
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** What takes a right that only members have: closing and reopening, saying who is a member. */
const AS_A_MEMBER = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  FORBIDDEN  FORBIDDEN  let-in
  COUNSEL       NOT_FOUND  FORBIDDEN  FORBIDDEN  let-in
  REVIEWER      NOT_FOUND  FORBIDDEN  FORBIDDEN  let-in
  AUDITOR       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  let-in
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  let-in
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Counsel's own. */
export const AS_COUNSEL = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  FORBIDDEN  FORBIDDEN  FORBIDDEN
  COUNSEL       NOT_FOUND  let-in     FORBIDDEN  let-in
  REVIEWER      NOT_FOUND  FORBIDDEN  FORBIDDEN  FORBIDDEN
  AUDITOR       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** A privilege is waived by its holder, who may be a reader: whether it is theirs is decided later. */
export const AS_HOLDER = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  let-in     let-in     let-in
  COUNSEL       NOT_FOUND  let-in     let-in     let-in
  REVIEWER      NOT_FOUND  let-in     let-in     let-in
  AUDITOR       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  INTEGRATION   NOT_FOUND  NOT_FOUND  let-in     let-in
  PARTNER       NOT_FOUND  NOT_FOUND  let-in     let-in
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Opening a case, asked for under an id that is taken: the one thing that tells of a case one may not see (docs/security.md). */
export const OPENS = table(`
                outside        open           reader         member
  INVESTIGATOR  ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS
  COUNSEL       ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS
  REVIEWER      FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
  AUDITOR       FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
  ADMINISTRATOR FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
  INTEGRATION   ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS
  PARTNER       FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
  NONE          FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
`);

/** What administrators do, and nobody else; it tells them nothing of cases. */
const ADMINISTERS: Expectation = (role) => (role === 'ADMINISTRATOR' ? 'nothing' : 'FORBIDDEN');

/** Terms stand outside all cases: investigators and counsel record them. */
export const recordsTerms =
  (outcome: Outcome): Expectation =>
  (role) =>
    role === 'INVESTIGATOR' || role === 'COUNSEL' ? outcome : 'FORBIDDEN';

/** Tells nobody anything of a case. */
const TELLS_NOTHING: Expectation = () => 'nothing';

export const records: Row = { expect: CONTRIBUTES };
export const asMember: Row = { expect: AS_A_MEMBER };
export const reads: Row = { expect: READS };
export const administers: Row = { expect: ADMINISTERS };
export const steers: Row = { expect: (role) => (role === 'ADMINISTRATOR' ? 'NO_OTHER_STORE' : 'FORBIDDEN') };
export const tellsNothing: Row = { expect: TELLS_NOTHING };
