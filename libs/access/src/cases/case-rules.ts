import { type Role } from '../principal.js';
import { type CaseRight, type WallKind } from './case-access.js';
import { type Tlp } from './tlp.js';

const EVERY_ROLE: readonly Role[] = [
  ...(['INVESTIGATOR', 'COUNSEL', 'REVIEWER', 'AUDITOR'] as const),
  ...(['ADMINISTRATOR', 'INTEGRATION', 'PARTNER'] as const),
];

/** Rights in a case: to whom a rule applies, which cases it speaks of, and what it gives. */
export interface CaseRule {
  name: string;
  roles: readonly Role[];
  /**
   * `UNRESTRICTED`: every case that is not restricted, for one's own people. `MEMBER`: the cases that one of the principal's
   * names is a member of; those of outside organisations read them from the event on that made it one, or with the history.
   */
  of: 'UNRESTRICTED' | 'MEMBER';
  gives: readonly CaseRight[] | 'AS_GRANTED';
}

/** Passage through a wall around a record, for those who may read its case. */
export interface WallRule {
  name: string;
  wall: WallKind;
  roles: readonly Role[];
  /** `NAMED`: the wall names one of the principal's names. `MEMBER`: one of them is a member of the case. */
  of: 'NAMED' | 'MEMBER';
}

/** Who of outside organisations receives what is marked so. One's own people are held by no mark: clearance inside is another matter. */
export interface MarkRule {
  name: string;
  tlp: readonly Tlp[];
  /**
   * `READER`: whoever may read the case. `COMMUNITY`: the people of an organisation that is a member of the case. `ORIGINATOR`:
   * those of the organisation whose word the mark is. `RECIPIENT`: whom the mark names.
   */
  of: 'READER' | 'COMMUNITY' | 'ORIGINATOR' | 'RECIPIENT';
}

/** The whole policy on cases and what is in them. */
export interface CaseRules {
  /** Raised whenever anything below changes. */
  version: number;
  cases: readonly CaseRule[];
  /** A record is seen by whoever passes every wall around it. */
  walls: readonly WallRule[];
  /** What is marked is received by whoever each mark on it and on the case lets; what is not marked, by whoever may read the case. */
  marks: readonly MarkRule[];
  /** Who belongs to an outside organisation has these roles, or is known to: nobody of whom either is true is one's own. */
  outside: readonly Role[];
  /** Who may record at all, given the right in the case. */
  writes: readonly Role[];
  /** Who may open cases. */
  opens: readonly Role[];
}

/**
 * Who may see and do what in cases: written once, here. It is compiled to a predicate (`allow.ts`) and to the filter that
 * every read passes (`case-filter.ts`); a property holds the two equal. What no rule gives, nobody has.
 */
export const CASE_RULES: CaseRules = {
  version: 3,
  cases: [
    {
      name: 'By role, where the case is not restricted',
      roles: ['INVESTIGATOR', 'COUNSEL', 'REVIEWER'],
      of: 'UNRESTRICTED',
      gives: ['READ', 'CONTRIBUTE'],
    },
    { name: 'As a member of the case', roles: EVERY_ROLE, of: 'MEMBER', gives: 'AS_GRANTED' },
  ],
  walls: [
    { name: 'Named by the limit', wall: 'LIMIT', roles: EVERY_ROLE, of: 'NAMED' },
    { name: 'Named by the privilege, or its holder', wall: 'PRIVILEGE', roles: EVERY_ROLE, of: 'NAMED' },
    { name: "On counsel's track", wall: 'PRIVILEGE', roles: ['COUNSEL'], of: 'MEMBER' },
  ],
  marks: [
    { name: 'Anyone', tlp: ['CLEAR'], of: 'READER' },
    { name: 'The community', tlp: ['GREEN'], of: 'COMMUNITY' },
    { name: "The originator's organisation", tlp: ['GREEN', 'AMBER', 'AMBER_STRICT'], of: 'ORIGINATOR' },
    { name: "The originator's clients", tlp: ['AMBER'], of: 'RECIPIENT' },
    { name: 'Named recipients', tlp: ['RED'], of: 'RECIPIENT' },
  ],
  outside: ['PARTNER'],
  writes: ['INVESTIGATOR', 'COUNSEL', 'REVIEWER', 'INTEGRATION', 'PARTNER'],
  opens: ['INVESTIGATOR', 'COUNSEL', 'INTEGRATION'],
};
