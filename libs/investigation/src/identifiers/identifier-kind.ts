import { describedEnum } from '../values/described-enum.js';

export const IdentifierKind = describedEnum('IdentifierKind', 'What an identifier names.', {
  ACCOUNT: 'An account, by its id at whoever issued it.',
  API_KEY:
    'A key to an interface. It is never kept: a hash of it stands in its place, by a secret of this installation.',
  ORGANISATION_ID: 'An organisation, by its id at whoever issued that.',
  IP: 'An address of the Internet Protocol, version 4 or 6.',
  ASN: 'A number of an autonomous system.',
  EMAIL: 'An e-mail address.',
  DOMAIN: 'A domain name.',
  PAYMENT_FINGERPRINT: 'A means of payment, by the fingerprint that the payment service gives it.',
  DEVICE: 'A device, by its id at whoever issued it.',
});
export type IdentifierKind = keyof typeof IdentifierKind;
