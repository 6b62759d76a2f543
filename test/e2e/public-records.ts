import { randomUUID } from 'node:crypto';
import { responses, text } from './responses.js';

const FIELDS = [
  ...(['reportId', 'statementId', 'productId', 'claimId', 'impactId'] as const),
  ...(['countermeasureId', 'referralId', 'authorityRequestId', 'cooperationId', 'counselEngagementId'] as const),
];
export type PublicRecordField = (typeof FIELDS)[number];
export type PublicRecordIds = Record<PublicRecordField, string>;

export const publicRecordIds = (): PublicRecordIds =>
  Object.fromEntries(FIELDS.map((field) => [field, randomUUID()])) as PublicRecordIds;

/** What of a case may name. */
export interface Named {
  partyId: string;
  partnerId: string;
  observationId: string;
}

/** Commands that record what was published, said and claimed, with every field of each. */
export function publicRecords(ids: PublicRecordIds, named: Named): [name: string, input: Record<string, unknown>][] {
  const { reportId, statementId, productId, claimId, impactId } = ids;
  const { partyId, partnerId, observationId } = named;
  const source = { assertedBy: partnerId, via: [partyId], grade: 'B2' };
  const report = {
    ...{ reportId, reportKind: 'PRESS_REPORT', title: 'Verdacht auf Datenabfluss', description: text('Ein Bericht.') },
    ...{ reportPartyId: partnerId, publisherId: partyId, authors: [partyId], reliesOn: [partnerId], language: 'fr' },
    ...{ url: 'https://example.org/report', publishedAt: 'NOT_STATED', obtainedAt: '2025-02-01' },
    publishedAtInferred: { time: '2025-01-29~', inferredFrom: text('Es nennt den Tag heute.') },
  };
  const statement = {
    ...{ statementId, text: text('Wir wissen davon.'), source, affiliationId: partyId, capacity: 'spokesperson' },
    ...{ medium: 'REPLY_TO_PRESS', wording: 'MIXED', quotations: [text('wesentliche Beweise')] },
    claims: [
      {
        text: text('Es wurde destilliert.'),
        modality: 'CONDITIONAL',
        condition: text('Wenn es stimmt.'),
        about: [observationId],
      },
    ],
    awareness: [
      {
        knowerId: partyId,
        awarenessKind: 'KNEW',
        text: text('Andere versuchen es.'),
        since: '2024',
        about: [observationId],
      },
    ],
    ...{ inResponseTo: observationId, reportedIn: [reportId], about: [observationId], occurredAt: '2025-01-28' },
  };
  const otherProductId = randomUUID();
  const product = {
    ...{ productId: otherProductId, productKind: 'MODEL', name: 'R1', version: '2025-01-20', providers: [partyId] },
    ...{ description: text('Ein Modell.'), availability: 'OPEN_SOURCE', licence: text('MIT.'), source },
    ...{ provisions: [{ document: 'Licence', version: '1', clause: '2' }], relatedProducts: [], releasedAt: '2025-01' },
    url: 'https://example.org/r1',
  };
  const relatedProducts = [
    { productId: otherProductId, relationKind: 'COMPETES_WITH', asStated: text('Es fordert heraus.') },
  ];
  const amount = {
    ...{ certainty: 'ESTIMATED', currency: 'USD', min: '5000000', max: '6000000.50' },
    ...{ approximate: true, asStated: 'unter sechs Millionen' },
  };
  const claim = {
    ...{ claimId, text: text('Es erreicht sie.'), source, claimKind: 'PARITY', about: [productId] },
    ...{ statedIn: [statementId], criteriaAreExamples: true, occurredAt: '2025-01' },
    comparisons: [
      {
        ...{ criterion: 'mathematics', outcome: 'EQUALS_OR_SURPASSES' },
        ...{ comparedWith: [otherProductId], asStated: 'equals or even surpasses' },
      },
    ],
    cost: { costOf: 'TRAINING', amount, comparedWith: [otherProductId], asStated: 'a fraction of the cost' },
  };
  const impact = {
    ...{ impactId, description: text('Kurse fielen.'), source, lossKind: 'BRAND_DAMAGE', affected: [partyId], amount },
    causation: { causationKind: 'CAUSED', causes: [claimId], asStated: text('Es führte dazu.'), source },
    ...{ about: [productId], occurredAt: '2025-01-27' },
  };
  return [
    ['recordReport', report],
    ['correctReport', { ...report, publishedAt: '2025-01-29', reason: 'The printed copy has a date.' }],
    ['recordStatement', statement],
    ['correctStatement', { ...statement, medium: 'INTERVIEW', reason: 'It was an interview.' }],
    ['recordProduct', product],
    ['recordProduct', { ...product, productId, name: 'O1', relatedProducts }],
    ['correctProduct', { ...product, productId, name: 'o1', relatedProducts, reason: 'A typing error.' }],
    ['recordClaim', claim],
    ['correctClaim', { ...claim, criteriaAreExamples: false, reason: 'The list is whole.' }],
    ['recordImpact', impact],
    ['correctImpact', { ...impact, lossKind: 'COMPETITIVE_ADVANTAGE', reason: 'Misfiled.' }],
    ...responses(ids, named),
  ];
}
