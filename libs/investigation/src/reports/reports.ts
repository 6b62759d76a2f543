import { type Capability } from '../capability.js';
import { correctReport } from './correct-report.js';
import { recordReport } from './record-report.js';
import { reportEvolution } from './report-evolution.js';
import { reportModel } from './report-read-model.js';
import { Report } from './report.js';

export const reports: Capability = {
  slices: [recordReport, correctReport],
  evolution: reportEvolution,
  readModel: reportModel,
  records: { type: Report, description: 'Publications that records are taken from, last changed first.' },
};
