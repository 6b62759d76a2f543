import { describedEnum } from './described-enum.js';

export const PartyKind = describedEnum('PartyKind', 'What a party is.', {
  ORGANISATION: 'A company, authority or other organisation.',
  PERSON: 'One natural person.',
  GROUP: 'Several people who are spoken of together.',
  UNIDENTIFIED_SUBJECT: 'Somebody whose identity is not known, or not asserted.',
});
export type PartyKind = keyof typeof PartyKind;

export const PartyRole = describedEnum('PartyRole', 'The part that a party has in a case; a party may have several.', {
  PROVIDER: 'Provides the service concerned.',
  PARTNER: 'Works with the provider by agreement.',
  OBSERVER: 'Observed what is investigated.',
  SUBJECT: 'Is observed or suspected.',
  BENEFICIARY: 'May have gained by what is investigated.',
  INVESTOR: 'Holds a stake in another party.',
  AUTHORITY: 'A government, regulator, court or other public authority.',
  PRESS: 'Publishes or relays reports.',
  SOURCE: 'Information comes from it.',
  OFFICIAL: 'Holds a public office.',
  AFFECTED: 'Suffers the consequences.',
  CUSTOMER: 'Uses the service under its terms.',
  COUNSEL: 'Advises on or represents in matters of law.',
  SPOKESPERSON: 'Speaks for another party.',
});
export type PartyRole = keyof typeof PartyRole;

export const QuantityKind = describedEnum('QuantityKind', 'What a quantity counts.', {
  REQUESTS: 'Requests to an interface.',
  TOKENS: 'Tokens that a model read or wrote.',
  BYTES: 'Bytes of data.',
  ACCOUNTS: 'Accounts.',
  DATA: 'Data, in no unit that the source names.',
});
export type QuantityKind = keyof typeof QuantityKind;

export const AccessChannel = describedEnum('AccessChannel', 'By what way a service was used.', {
  API: 'Its interface for programs.',
  WEB: 'Its pages, in a browser.',
  APP: 'An app of its own.',
  OTHER: 'Another way than these.',
});
export type AccessChannel = keyof typeof AccessChannel;

export const Channel = describedEnum('Channel', 'By what way a notification travelled.', {
  PHONE: 'A telephone or video call.',
  EMAIL: 'Electronic mail.',
  LETTER: 'A letter on paper.',
  MEETING: 'A meeting in person.',
  PORTAL: 'A web portal or ticket system.',
  PRESS: 'A publication.',
  OTHER: 'Another way than these.',
  NOT_STATED: 'The source does not say.',
});
export type Channel = keyof typeof Channel;
