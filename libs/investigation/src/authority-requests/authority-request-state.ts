import { type CorrectableState } from '../correctable.js';

export interface AuthorityRequestState extends CorrectableState {
  /** How many answers were recorded. */
  answers: number;
}

export interface AuthorityRequestsState {
  authorityRequests: Map<string, AuthorityRequestState>;
}
