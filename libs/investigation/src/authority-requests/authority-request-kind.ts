import { describedEnum } from '../values/described-enum.js';

export const AuthorityRequestKind = describedEnum('AuthorityRequestKind', 'What sort of request an authority made.', {
  PRESERVATION: 'To preserve what is there: no deletion, no change.',
  INFORMATION: 'To give information, without compulsion.',
  SUBPOENA: 'A subpoena: to produce documents or to testify.',
  ORDER: 'An order of a court or an authority.',
  WARRANT: 'A warrant to search or seize.',
  ASSISTANCE: 'For assistance, through another state (mutual legal assistance).',
  OTHER: 'Another sort than these.',
  NOT_STATED: 'The source does not say.',
});
export type AuthorityRequestKind = keyof typeof AuthorityRequestKind;
