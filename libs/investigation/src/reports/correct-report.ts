import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { ReportCommand, ReportFacts, reportFacts } from './report-fields.js';

@CommandInput('Replaces what is recorded of a report, whole; the earlier text stays in history.')
export class CorrectReport extends ReportCommand {
  @Id('The report.')
  reportId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a report was replaced, whole.' })
@StoredEvent<ReportCorrected>('ReportCorrected', {
  version: 1,
  stix: 'report: modified',
  summary: ({ reason }) => `Report corrected: ${excerpt(reason)}`,
})
export class ReportCorrected extends ReportFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctReport = slice<CaseState, CorrectReport>(CorrectReport, (command, state) => {
  requireOpen(state);
  const { reportId, reason } = command;
  const report = standing(state.reports, reportId, 'report');
  const facts = reportFacts(command, state);
  requireChanged(report, facts);
  return [event(ReportCorrected, { reportId, ...facts, reason })];
});
