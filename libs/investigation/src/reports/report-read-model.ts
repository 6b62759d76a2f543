import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { ReportCorrected } from './correct-report.js';
import { type ReportFacts } from './report-fields.js';
import { ReportRecorded } from './record-report.js';

/** All fields of a report: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({
  title,
  description,
  reportPartyId,
  publisherId,
  language,
  url,
  publishedAtInferred,
  publishedAt,
  obtainedAt,
  ...facts
}: Omit<ReportFacts, 'reportId'>): Row => ({
  ...facts,
  title: title ?? null,
  description: description ?? null,
  reportPartyId: reportPartyId ?? null,
  publisherId: publisherId ?? null,
  language: language ?? null,
  url: url ?? null,
  publishedAtInferred: publishedAtInferred ?? null,
  publishedAt: parseFuzzyTime(publishedAt),
  obtainedAt: parseFuzzyTime(obtainedAt),
});

/** The reports of a case. */
export const reportModel = readModel({
  name: 'reports',
  level: 'record',
  handlers: [
    on(ReportRecorded, ({ reportId, ...facts }) => [create(reportId, { ...fields(facts), status: 'RECORDED' })]),
    on(ReportCorrected, ({ reportId, reason, ...facts }) => [
      change(reportId, { ...fields(facts), status: 'CORRECTED' }),
    ]),
    onRetracted('report'),
  ],
});
