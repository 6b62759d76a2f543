import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { ReportCommand, ReportFacts, reportFacts } from './report-fields.js';

@CommandInput('Records a publication, a press report for one, that other records are taken from.')
export class RecordReport extends ReportCommand {
  @OptionalId('The id of the new report, if you choose it: a UUID in lower case.')
  reportId?: string | null;
}

@ObjectType({ description: 'A publication was recorded.' })
@StoredEvent<ReportRecorded>('ReportRecorded', {
  version: 1,
  stix: 'report',
  summary: ({ title, reportKind }) => `Report recorded: ${excerpt(title ?? reportKind)}`,
})
export class ReportRecorded extends ReportFacts {}

export const recordReport = slice<CaseState, RecordReport>(RecordReport, (command, state, context) => {
  requireOpen(state);
  const facts = reportFacts(command, state);
  return [event(ReportRecorded, { reportId: newRecordId(state, command.reportId, context), ...facts })];
});
