import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { ReportCorrected } from './correct-report.js';
import { ReportRecorded } from './record-report.js';

/** How the reports of a case follow from its events. */
export const reportEvolution = [
  evolve(ReportRecorded, (state: CaseState, { reportId, ...facts }, { revision }) => {
    addRecord(state, state.reports, reportId, { kind: 'report', revision, retracted: false, facts });
  }),
  evolve(ReportCorrected, (state: CaseState, { reportId, reason, ...facts }, { revision }) => {
    Object.assign(state.reports.get(reportId)!, { revision, facts });
  }),
];
