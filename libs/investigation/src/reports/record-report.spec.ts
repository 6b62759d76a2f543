import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { closedCase, openCase } from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, partner, unknown } from '../../../../test/builders/ids.js';
import { reportRecorded } from '../../../../test/builders/statement-events.js';
import { caseAggregate } from '../case-aggregate.js';
import { recordReport, ReportRecorded } from './record-report.js';

const build = commands.recordReport;

describe('recordReport', () => {
  it('records a report of which nothing is known but that there is one', () => {
    given(caseAggregate, ...openCase)
      .when(recordReport, build())
      .then(reportRecorded({ reportId: derivedId(`case-${CASE}`, 'c1') }));
  });

  it('keeps all that was given, a date that is inferred beside the one that is not stated', () => {
    const { commandId, caseId, reportId, ...facts } = build.full({ publishedAt: 'NOT_STATED' });
    given(caseAggregate, ...openCase)
      .when(recordReport, build.full({ publishedAt: 'NOT_STATED' }))
      .then(event(ReportRecorded, { reportId, ...facts } as ReportRecorded));
  });

  it.each([
    ['an unknown party that stands for it', { reportPartyId: unknown }],
    ['an unknown publisher', { publisherId: unknown }],
    ['an unknown author', { authors: [unknown] }],
    ['an unknown source of its own', { reliesOn: [unknown] }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...openCase)
      .when(recordReport, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...openCase)
      .when(recordReport, build({ reportId: partner }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(recordReport, build())
      .thenRefused('CASE_CLOSED');
  });
});
