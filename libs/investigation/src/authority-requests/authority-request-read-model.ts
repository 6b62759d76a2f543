import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { AuthorityRequestAnswered } from './answer-authority-request.js';
import { type AuthorityRequestFacts } from './authority-request-fields.js';
import { AuthorityRequestCorrected } from './correct-authority-request.js';
import { AuthorityRequestReceived } from './record-authority-request.js';

type Facts = Omit<AuthorityRequestFacts, 'authorityRequestId'>;

/** All fields of a request: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({ issuedAt, occurredAt, dueAt, ...facts }: Facts): Row => ({
  ...{ toPartyId: null, legalBasis: null, jurisdiction: null, reference: null, confidential: null, ...facts },
  issuedAt: parseFuzzyTime(issuedAt),
  occurredAt: parseFuzzyTime(occurredAt),
  dueAt: parseFuzzyTime(dueAt),
});

/** What authorities asked for in a case. */
export const authorityRequestModel = readModel({
  name: 'authorityRequests',
  level: 'record',
  handlers: [
    on(AuthorityRequestReceived, ({ authorityRequestId, ...facts }) => [
      create(authorityRequestId, { ...fields(facts), answers: [], status: 'RECORDED' }),
    ]),
    on(AuthorityRequestCorrected, ({ authorityRequestId, reason, ...facts }) => [
      change(authorityRequestId, { ...fields(facts), status: 'CORRECTED' }),
    ]),
    on(AuthorityRequestAnswered, ({ authorityRequestId, occurredAt, ...answer }, _recorded, current) => {
      const answers = current(authorityRequestId)!.answers as object[];
      return [
        change(authorityRequestId, { answers: [...answers, { ...answer, occurredAt: parseFuzzyTime(occurredAt) }] }),
      ];
    }),
    onRetracted('authorityRequest'),
  ],
});
