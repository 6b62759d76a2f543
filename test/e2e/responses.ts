import { randomUUID } from 'node:crypto';
import { type Named, type PublicRecordIds } from './public-records.js';

type Sent = [name: string, input: Record<string, unknown>];

export const text = (words: string) => ({
  text: words,
  language: 'de',
  translation: { text: `${words} (translated)`, language: 'en', by: 'the desk' },
});

/** Commands that record what was done about a case, by itself and with authorities, with every field of each. */
export function responses(ids: PublicRecordIds, { partyId, partnerId, observationId }: Named): Sent[] {
  const source = { assertedBy: partnerId, via: [partyId], grade: 'B2' };
  const about = [observationId];
  return [
    ...countermeasures(ids.countermeasureId, { partyId, partnerId, source, about }),
    ...authorities(ids, { partyId, partnerId, source, about }),
  ];
}

interface Told {
  partyId: string;
  partnerId: string;
  source: object;
  about: string[];
}

function countermeasures(countermeasureId: string, { partyId, partnerId, source, about }: Told): Sent[] {
  const quantities = [{ of: 'ACCOUNTS', exact: 44, approximate: false, asStated: '44' }];
  const measure = {
    ...{ countermeasureKind: 'ACCOUNT_SUSPENSION', description: text('Konten gesperrt.'), source, about, quantities },
    ...{ mitigation: { id: 'AML.M0019', version: '5.6' }, subjects: [partnerId], byPartyId: partyId },
  };
  const step = { countermeasureId, byPartyId: partyId };
  const remark = text('Noch diese Woche.');
  const times = {
    ...{ proposedAt: '2025-03-09', approvedAt: '2025-03-10', rejectedAt: '2025-03-09' },
    ...{ appliedAt: '2025-03-12', liftedAt: '2025-03-18' },
  };
  return [
    ['proposeCountermeasure', { ...measure, countermeasureId, occurredAt: '2025-03-10' }],
    ['recordCountermeasureTaken', { ...measure, countermeasureId: randomUUID(), occurredAt: '2025-03-12' }],
    ['rejectCountermeasure', { ...step, reason: 'Too broad.', occurredAt: '2025-03-10' }],
    ['approveCountermeasure', { ...step, remark, occurredAt: '2025-03-11' }],
    ['applyCountermeasure', { ...step, remark, occurredAt: '2025-03-12' }],
    [
      'recordCountermeasureEffect',
      {
        ...{ countermeasureId, effectKind: 'AS_INTENDED', description: text('Die Abrufe hörten auf.') },
        ...{ quantities, observedAt: '2025-03-13', source },
      },
    ],
    [
      'acknowledgeCountermeasure',
      { countermeasureId, byPartyId: partnerId, remark: text('Danke.'), acknowledgedAt: '2025-03-13' },
    ],
    ['liftCountermeasure', { ...step, reason: 'A licence was shown.', occurredAt: '2025-03-17' }],
    ['correctCountermeasure', { ...measure, countermeasureId, ...times, reason: 'A clock error.' }],
  ];
}

function authorities(ids: PublicRecordIds, { partyId, partnerId, source, about }: Told): Sent[] {
  const { referralId, authorityRequestId, cooperationId, counselEngagementId } = ids;
  const legalBasis = text('Paragraf 94.');
  const referral = {
    ...{ referralId, authorityId: partnerId, byPartyId: partyId, description: text('Übergeben.'), legalBasis },
    ...{ reference: '12/25', channel: 'PORTAL', about, occurredAt: '2025-03-20', source },
  };
  const request = {
    ...{ authorityRequestId, requestKind: 'PRESERVATION', authorityId: partnerId, toPartyId: partyId, legalBasis },
    ...{ description: text('Logs sichern.'), jurisdiction: 'DE', reference: '25-0117', channel: 'LETTER' },
    ...{ confidential: true, subjects: [partyId], about, source },
    ...{ issuedAt: '2025-03-01', occurredAt: '2025-03-03', dueAt: '2025-06-01' },
  };
  const cooperation = {
    ...{ cooperationId, authorities: [partnerId], byPartyId: partyId, description: text('Enge Zusammenarbeit.') },
    ...{ legalBasis, about, source },
  };
  const engagement = {
    ...{ counselEngagementId, counsel: [partnerId], clientId: partyId, description: text('Beratung.') },
    ...{ jurisdiction: 'DE', about, source },
  };
  const ended = { reason: 'It is done.', occurredAt: '2025-06' };
  return [
    ['referToAuthority', referral],
    ['correctReferral', { ...referral, reference: '13/25', reason: 'Misread.' }],
    ['recordAuthorityRequest', request],
    [
      'answerAuthorityRequest',
      {
        ...{ authorityRequestId, answerKind: 'COMPLIED', description: text('Gesichert.'), byPartyId: partyId },
        ...{ about, occurredAt: '2025-03-04' },
      },
    ],
    ['correctAuthorityRequest', { ...request, requestKind: 'ORDER', reason: 'It is an order.' }],
    ['openCooperation', { ...cooperation, occurredAt: '2025-02' }],
    ['closeCooperation', { cooperationId, ...ended }],
    ['correctCooperation', { ...cooperation, openedAt: '2025-01', closedAt: '2025-07', reason: 'Misread.' }],
    ['engageCounsel', { ...engagement, occurredAt: '2025-03' }],
    ['endCounselEngagement', { counselEngagementId, ...ended }],
    ['correctCounselEngagement', { ...engagement, engagedAt: '2025-01', endedAt: '2025-07', reason: 'Misread.' }],
  ];
}
