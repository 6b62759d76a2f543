import { evolve } from '#event-sourcing/slice.js';
import { type AccessChange, onAccess } from '#read-models/access-changes.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { LinkCorrected } from './correct-link.js';
import { type LinkFacts, statementOf } from './link-fields.js';
import { RecordsLinked } from './link-records.js';
import { type LinkState } from './link-state.js';

/** How the links between the records of a case follow from its events. */
export const linkEvolution = [
  evolve(RecordsLinked, (state: CaseState, { linkId, ...facts }, { revision }) => {
    addRecord(state, state.links, linkId, { kind: 'link', revision, retracted: false, facts, ...told(facts) });
  }),
  evolve(LinkCorrected, (state: CaseState, { linkId, reason, ...facts }, { revision }) => {
    Object.assign(state.links.get(linkId)!, { revision, facts, ...told(facts) });
  }),
];

/** A link belongs to the records that it links: whoever may not see one of them sees nothing that is told of the link. */
const between = ({ linkId, ...facts }: RecordsLinked | LinkCorrected): AccessChange[] => [
  { op: 'part', record: linkId, of: told(facts).between },
];

/** The same, as reads find it. */
export const linkAccess = [onAccess(RecordsLinked, between), onAccess(LinkCorrected, between)];

const told = (facts: Omit<LinkFacts, 'linkId'>): Pick<LinkState, 'statement' | 'between'> => ({
  statement: statementOf(facts),
  between: [facts.fromRecordId, facts.toRecordId],
});
