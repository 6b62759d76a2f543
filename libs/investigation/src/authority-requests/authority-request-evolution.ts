import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { AuthorityRequestAnswered } from './answer-authority-request.js';
import { AuthorityRequestCorrected } from './correct-authority-request.js';
import { AuthorityRequestReceived } from './record-authority-request.js';

/** How the requests of authorities in a case follow from its events. */
export const authorityRequestEvolution = [
  evolve(AuthorityRequestReceived, (state: CaseState, { authorityRequestId, ...facts }, { revision }) => {
    const request = { kind: 'authorityRequest', revision, retracted: false, facts, answers: 0 };
    addRecord(state, state.authorityRequests, authorityRequestId, request);
  }),
  evolve(AuthorityRequestCorrected, (state: CaseState, { authorityRequestId, reason, ...facts }, { revision }) => {
    Object.assign(state.authorityRequests.get(authorityRequestId)!, { revision, facts });
  }),
  evolve(AuthorityRequestAnswered, (state: CaseState, { authorityRequestId }, { revision }) => {
    const request = state.authorityRequests.get(authorityRequestId)!;
    request.revision = revision;
    request.answers++;
  }),
];
