import { CorrectReport } from '#investigation/reports/correct-report.js';
import { RecordReport } from '#investigation/reports/record-report.js';
import { Awareness } from '#investigation/statements/awareness.js';
import { CorrectStatement } from '#investigation/statements/correct-statement.js';
import { RecordStatement } from '#investigation/statements/record-statement.js';
import { StatedClaim } from '#investigation/statements/stated-claim.js';
import { InferredTime } from '#investigation/values/inferred-time.js';
import { builder } from './command-builder.js';
import { partner, provider, report, statement, subject } from './ids.js';
import { source, text, translated } from './values.js';

const published = {
  title: 'Data may have left through an API',
  description: text('A report on an investigation.'),
  reportPartyId: partner,
  publisherId: provider,
  authors: [provider],
  reliesOn: [subject],
  language: 'fr',
  url: 'https://example.org/report',
  publishedAt: '2025-01',
  publishedAtInferred: Object.assign(new InferredTime(), {
    time: '2025-01-29~',
    inferredFrom: text('It says "today" of an event of that day.'),
  }),
  obtainedAt: '2025-02-01',
};
const said = { text: text('We know of it.'), source: source(partner) };
const saidMore = {
  affiliationId: provider,
  capacity: 'spokesperson',
  medium: 'INTERVIEW' as const,
  wording: 'MIXED' as const,
  quotations: [translated()],
  claims: [
    Object.assign(new StatedClaim(), {
      text: text('It was distilled.'),
      modality: 'CONDITIONAL' as const,
      condition: text('If it holds.'),
      about: [subject],
    }),
  ],
  awareness: [
    Object.assign(new Awareness(), {
      knowerId: provider,
      awarenessKind: 'KNEW' as const,
      text: text('That others try.'),
      since: '2024',
      about: [subject],
    }),
  ],
  inResponseTo: partner,
  reportedIn: [report],
  about: [subject],
  occurredAt: '2025-01-28/2025-01-30',
};

export const reportCommands = {
  recordReport: builder(RecordReport, {}, { reportKind: 'PRESS_REPORT', ...published, reportId: report }),
  correctReport: builder(CorrectReport, { reportId: report, reportKind: 'BLOG_POST', reason: 'Misfiled.' }, published),
};

export const statementCommands = {
  recordStatement: builder(RecordStatement, said, { ...saidMore, statementId: statement }),
  correctStatement: builder(
    CorrectStatement,
    { ...said, statementId: statement, text: text('We knew of it.'), reason: 'Misheard.' },
    saidMore,
  ),
};
