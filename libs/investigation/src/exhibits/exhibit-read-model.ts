import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { ExhibitCorrected } from './correct-exhibit.js';
import { type ExhibitFacts } from './exhibit-fields.js';
import { ExhibitRecorded } from './record-exhibit.js';

/** All fields of an exhibit: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({ exhibitKind, title, source, collectedAt, derivedFrom, ...optional }: ExhibitFacts): Row => ({
  ...{ exhibitKind, title, source, derivedFrom },
  exhibitNumber: optional.exhibitNumber ?? null,
  description: optional.description ?? null,
  collectedAt: parseFuzzyTime(collectedAt),
  collectedBy: optional.collectedBy ?? null,
  custodianId: optional.custodianId ?? null,
  location: optional.location ?? null,
  mediaType: optional.mediaType ?? null,
  sizeBytes: optional.sizeBytes ?? null,
  sha256: optional.sha256 ?? null,
});

/** The exhibits of a case. */
export const exhibitModel = readModel({
  name: 'exhibits',
  level: 'record',
  handlers: [
    on(ExhibitRecorded, (event) => [create(event.exhibitId, { ...fields(event), status: 'RECORDED' })]),
    on(ExhibitCorrected, (event) => [change(event.exhibitId, { ...fields(event), status: 'CORRECTED' })]),
    onRetracted('exhibit'),
  ],
});
