import { type Capability } from '../capability.js';
import { answerAuthorityRequest } from './answer-authority-request.js';
import { authorityRequestEvolution } from './authority-request-evolution.js';
import { authorityRequestModel } from './authority-request-read-model.js';
import { AuthorityRequest } from './authority-request.js';
import { correctAuthorityRequest } from './correct-authority-request.js';
import { recordAuthorityRequest } from './record-authority-request.js';

export const authorityRequests: Capability = {
  slices: [recordAuthorityRequest, answerAuthorityRequest, correctAuthorityRequest],
  evolution: authorityRequestEvolution,
  readModel: authorityRequestModel,
  records: { type: AuthorityRequest, description: 'What authorities asked for or ordered, last changed first.' },
};
