import { type CorrectableState } from '../correctable.js';

export interface AuthorityRequestsState {
  authorityRequests: Map<string, CorrectableState>;
}
