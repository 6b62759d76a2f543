import { evolve } from '#event-sourcing/slice.js';
import { addRecord, type CaseState } from '../cases/case-state.js';
import { LinkCorrected } from './correct-link.js';
import { statementOf } from './link-fields.js';
import { RecordsLinked } from './link-records.js';

/** How the links between the records of a case follow from its events. */
export const linkEvolution = [
  evolve(RecordsLinked, (state: CaseState, { linkId, ...facts }, { revision }) => {
    const link = { kind: 'link', revision, retracted: false, facts, statement: statementOf(facts) };
    addRecord(state, state.links, linkId, link);
  }),
  evolve(LinkCorrected, (state: CaseState, { linkId, reason, ...facts }, { revision }) => {
    Object.assign(state.links.get(linkId)!, { revision, facts, statement: statementOf(facts) });
  }),
];
