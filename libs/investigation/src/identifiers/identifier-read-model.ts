import { hash } from 'node:crypto';
import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { foldText } from '../columns.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { IdentifierCorrected } from './correct-identifier.js';
import { type IdentifierFacts } from './identifier-fields.js';
import { type IdentifierKind } from './identifier-kind.js';
import { IdentifierRecorded } from './record-identifier.js';

/** All fields of an identifier: a correction replaces it whole. */
const fields = ({
  subjectId,
  identifierKind,
  identifierValue,
  identifierIssuer,
  source,
  ...seen
}: IdentifierFacts): Row => ({
  subjectId,
  identifierKind,
  identifierValue,
  identifierIssuer: identifierIssuer ?? null,
  source,
  firstSeenAt: parseFuzzyTime(seen.firstSeenAt),
  lastSeenAt: parseFuzzyTime(seen.lastSeenAt),
});

/** What names one thing wherever it is used, whoever is said to have issued it. */
const UNIQUE_EVERYWHERE: readonly unknown[] = ['API_KEY', 'IP', 'ASN', 'EMAIL', 'DOMAIN'] satisfies IdentifierKind[];

const issuerOf = ({ identifierKind, identifierIssuer }: Row): string | null =>
  UNIQUE_EVERYWHERE.includes(identifierKind) || !identifierIssuer ? null : foldText(identifierIssuer as string);

/**
 * What identifiers of one thing have in common, in whichever case they stand; null for one that is retracted. A hash, as the longest
 * issuer and value are together more than an index of a database may take.
 */
export const fingerprintOf = (row: Row): string | null =>
  row.status === 'RETRACTED'
    ? null
    : hash('sha256', JSON.stringify([row.identifierKind, issuerOf(row), row.identifierValue]));

/** The identifiers of the subjects of a case. */
export const identifierModel = readModel({
  name: 'identifiers',
  level: 'record',
  columns: { fingerprint: { type: 'text', of: fingerprintOf } },
  indexes: [['fingerprint']],
  handlers: [
    on(IdentifierRecorded, (event) => [create(event.identifierId, { ...fields(event), status: 'RECORDED' })]),
    on(IdentifierCorrected, (event) => [change(event.identifierId, { ...fields(event), status: 'CORRECTED' })]),
    onRetracted('identifier'),
  ],
});
