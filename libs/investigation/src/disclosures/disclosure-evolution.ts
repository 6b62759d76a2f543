import { evolve } from '#event-sourcing/slice.js';
import { acknowledgedBy } from '../acknowledged.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { DisclosureAcknowledged } from './acknowledge-disclosure.js';
import { DisclosureCorrected } from './correct-disclosure.js';
import { DisclosureRecorded } from './record-disclosure.js';

/** How the disclosures of a case follow from its events. */
export const disclosureEvolution = [
  evolve(DisclosureRecorded, (state: CaseState, { disclosureId, ...facts }, { revision }) => {
    const disclosure = { kind: 'disclosure', revision, retracted: false, facts, acknowledged: false };
    addRecord(state, state.disclosures, disclosureId, disclosure);
  }),
  evolve(DisclosureCorrected, (state: CaseState, { disclosureId, reason, ...facts }, { revision }) => {
    const disclosure = state.disclosures.get(disclosureId)!;
    const by = acknowledgedBy(disclosure.facts, facts, disclosure.acknowledgedBy);
    if (by === undefined) disclosure.acknowledged = false;
    Object.assign(disclosure, { revision, facts, acknowledgedBy: by });
  }),
  evolve(DisclosureAcknowledged, (state: CaseState, { disclosureId, byPartyId }, { revision }) => {
    Object.assign(state.disclosures.get(disclosureId)!, { revision, acknowledged: true, acknowledgedBy: byPartyId });
  }),
];
