import { CorrectIdentifier } from '#investigation/identifiers/correct-identifier.js';
import { RecordIdentifier } from '#investigation/identifiers/record-identifier.js';
import { AddParty } from '#investigation/parties/add-party.js';
import { AmendParty } from '#investigation/parties/amend-party.js';
import { CorrectPartyRelation } from '#investigation/party-relations/correct-party-relation.js';
import { RecordPartyRelation } from '#investigation/party-relations/record-party-relation.js';
import { builder } from './command-builder.js';
import { partner, provider, subject, identifier, partyRelation } from './ids.js';
import { source, text } from './values.js';

const related = {
  fromPartyId: partner,
  partyRelationKind: 'LARGEST_INVESTOR_IN' as const,
  toPartyId: provider,
  source: source(partner),
};
const relatedMore = { qualifier: 'by far', period: '2023/..' };
const identified = {
  subjectId: subject,
  identifierKind: 'ACCOUNT' as const,
  identifierValue: 'acct-1',
  source: source(partner),
};
const identifiedMore = { identifierIssuer: 'Halden', firstSeenAt: '2024-09', lastSeenAt: '2025-01' };

/** Parties, their relations and what they are known by. */
export const partyCommands = {
  addParty: builder(
    AddParty,
    { partyKind: 'ORGANISATION' },
    { name: 'Acme', partyRoles: ['PARTNER', 'OBSERVER'], description: text('A partner.'), partyId: partner },
  ),
  amendParty: builder(
    AmendParty,
    { partyId: partner, name: 'Acme Inc.' },
    { partyKind: 'GROUP', partyRoles: ['PARTNER'], description: text('The partner.'), reason: 'Renamed.' },
  ),
  recordPartyRelation: builder(RecordPartyRelation, related, { ...relatedMore, partyRelationId: partyRelation }),
  correctPartyRelation: builder(
    CorrectPartyRelation,
    { partyRelationId: partyRelation, reason: 'Misread.', ...related, partyRelationKind: 'INVESTOR_IN' },
    relatedMore,
  ),
  recordIdentifier: builder(RecordIdentifier, identified, { ...identifiedMore, identifierId: identifier }),
  correctIdentifier: builder(
    CorrectIdentifier,
    { identifierId: identifier, ...identified, identifierValue: 'acct-2', reason: 'Mistyped.' },
    identifiedMore,
  ),
};
