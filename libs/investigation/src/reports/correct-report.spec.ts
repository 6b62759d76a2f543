import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { partner, report, unknown } from '../../../../test/builders/ids.js';
import { reportRecorded } from '../../../../test/builders/statement-events.js';
import { caseAggregate } from '../case-aggregate.js';
import { correctReport, ReportCorrected } from './correct-report.js';

const build = commands.correctReport;
const reported = [...openCase, reportRecorded({ title: 'Leak' })];

describe('correctReport', () => {
  it('replaces the report whole: what is omitted is no longer stated', () => {
    const { payload } = reportRecorded({ reportKind: 'BLOG_POST' });
    given(caseAggregate, ...reported)
      .when(correctReport, build())
      .then(event(ReportCorrected, { ...(payload as unknown as ReportCorrected), reason: 'Misfiled.' }));
  });

  it('keeps all that was given', () => {
    const { commandId, caseId, ...facts } = build.full();
    given(caseAggregate, ...reported)
      .when(correctReport, build.full())
      .then(event(ReportCorrected, facts as ReportCorrected));
  });

  it('refuses what says exactly the same', () => {
    given(caseAggregate, ...reported)
      .when(correctReport, build({ reportKind: 'NOT_STATED', title: 'Leak' }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses a retracted report', () => {
    given(caseAggregate, ...reported, recordRetracted(report, 'report'))
      .when(correctReport, build())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([
    ['an unknown report', { reportId: unknown }],
    ['the id of a record of another kind', { reportId: partner }],
    ['an unknown publisher', { publisherId: unknown }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...reported)
      .when(correctReport, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...reported, caseClosed())
      .when(correctReport, build())
      .thenRefused('CASE_CLOSED');
  });
});
