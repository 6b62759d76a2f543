import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { ReportRecorded } from '#investigation/reports/record-report.js';

import { StatementRecorded } from '#investigation/statements/record-statement.js';
import { partner, report, statement } from './ids.js';
import { source, text } from './values.js';

export const reportRecorded = (over: Partial<ReportRecorded> = {}): DecidedEvent =>
  event(ReportRecorded, {
    ...{ reportId: report, reportKind: 'NOT_STATED', authors: [], reliesOn: [] },
    ...{ publishedAt: 'NOT_STATED', obtainedAt: 'NOT_STATED' },
    ...over,
  });

export const statementRecorded = (over: Partial<StatementRecorded> = {}): DecidedEvent =>
  event(StatementRecorded, {
    ...{ statementId: statement, text: text('We know of it.'), source: source(partner) },
    ...{ medium: 'NOT_STATED', wording: 'NOT_STATED', quotations: [], claims: [], awareness: [] },
    ...{ reportedIn: [], about: [], occurredAt: 'NOT_STATED' },
    ...over,
  });
