import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { ExternalReferenceAdded } from './add-external-reference.js';
import { externalKey } from './external-id.js';

/** How the references of a case follow from its events. */
export const referenceEvolution = [
  evolve(ExternalReferenceAdded, (state: CaseState, { referenceId, claim, ...id }, { revision }) => {
    const reference = { kind: 'reference', revision, retracted: false, key: externalKey(id), claim };
    addRecord(state, state.references, referenceId, reference);
  }),
];
