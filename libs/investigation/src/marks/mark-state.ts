import { type Mark, THE_CASE } from '#access/cases/case-access.js';
import { type Tlp, TLP_LEVELS } from '#access/cases/tlp.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { nameOf } from '../members/grantee.js';
import { type MarkFacts } from './mark.js';
import { originatorName } from './originator.js';
import { type Pap, PAP_LEVELS } from './pap.js';

/** What a mark says, without whose word it is. */
export interface MarkTerms {
  tlp: Tlp;
  pap: Pap | undefined;
  recipients: Set<string>;
}

/** A mark that stands, by its originator. */
export interface MarkState extends Mark, MarkTerms {
  recipients: Set<string>;
  /** What its originator has consented to since it was set, by the consents' ids: any change of the mark ends them. */
  consents: Map<string, MarkTerms>;
  /** How many were ever recorded of it. */
  consented: number;
}

/** The part of a case's access that marks live in. */
export interface MarksState {
  access: {
    /** By record, none for the case, and by originator. */
    marks: Map<string, Map<string, MarkState>>;
  };
}

export const termsOf = ({
  tlp,
  pap,
  recipients,
}: Pick<MarkFacts, 'tlp' | 'recipients'> & { pap?: Pap | null }): MarkTerms => ({
  tlp,
  pap: pap ?? undefined,
  recipients: new Set(recipients.map(nameOf)),
});

/** The mark of an originator on a record, or on the case. */
export const markOn = ({ access }: Frozen<MarksState>, id: string, originator: string): Frozen<MarkState> | undefined =>
  access.marks.get(id)?.get(originator);

/** Puts a mark on a record or the case, in place of its originator's last one. */
export function setMark({ access }: MarksState, id: string, facts: MarkFacts): void {
  const marks = access.marks.get(id) ?? new Map<string, MarkState>();
  const originator = originatorName(facts.originator);
  const consented = marks.get(originator)?.consented ?? 0;
  access.marks.set(id, marks.set(originator, { ...termsOf(facts), originator, consents: new Map(), consented }));
}

/** What is marked, as access names it: a record by its id, the case by none. */
export const markedAs = (markedId: string, caseId: string): string => (markedId === caseId ? THE_CASE : markedId);

export const isSame = (one: Frozen<MarkTerms>, other: Frozen<MarkTerms>): boolean =>
  one.tlp === other.tlp && one.pap === other.pap && isWithin(one, other) && isWithin(other, one);

/**
 * Whether terms let through, or allow, what others do not: a level less strict, a permission of actions that is wider or no longer
 * said, or recipients that were not named. Of TLP:CLEAR nobody needs to be named.
 */
export function lowers(to: Frozen<MarkTerms>, from: Frozen<MarkTerms>): boolean {
  const isLess = TLP_LEVELS.indexOf(to.tlp) < TLP_LEVELS.indexOf(from.tlp) || papLevel(to) < papLevel(from);
  return isLess || (from.tlp !== 'CLEAR' && !isWithin(to, from));
}

const papLevel = ({ pap }: Frozen<MarkTerms>): number => (pap ? PAP_LEVELS.indexOf(pap) : -1);

const isWithin = (one: Frozen<MarkTerms>, other: Frozen<MarkTerms>): boolean =>
  [...one.recipients].every((name) => other.recipients.has(name));
