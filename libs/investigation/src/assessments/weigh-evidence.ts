import { Field, ID, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireRecords } from '../known-records.js';
import { Id } from '../fields.js';
import { contentOf } from '../same-content.js';
import { Text, TextInput } from '../values/text.js';
import { standingAssessment } from './assessment-state.js';
import { EvidenceBearing } from './evidence.js';

/** The most records that are weighed for one assessment. */
export const EVIDENCE_MAX = 200;

@CommandInput(
  'Weighs a record for or against an assessment. A record that was weighed before is weighed anew: the last weighing counts.',
)
export class WeighEvidence extends CaseCommand {
  @Id('The assessed technique, identity or attribution.')
  recordId!: string;

  @Id('The record that is evidence: any record of this case but the assessment itself. At most 200 in all.')
  evidenceId!: string;

  @Field(() => EvidenceBearing, { description: 'What it says to the assessment.' })
  @IsIn(Object.values(EvidenceBearing))
  bearing!: EvidenceBearing;

  @Field(() => TextInput, { nullable: true, description: 'Why so, or how much.' })
  @IsOptional()
  @ValidateNested()
  remark?: TextInput | null;
}

@ObjectType({ description: 'A record was weighed for or against an assessment.' })
@StoredEvent<EvidenceWeighed>('EvidenceWeighed', {
  version: 1,
  stix: 'opinion: agree, disagree or neutral, about what is assessed',
  summary: ({ bearing }) => `Evidence weighed: ${bearing}`,
})
export class EvidenceWeighed {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => String, { description: 'The kind of the record.' })
  recordKind!: string;

  @Field(() => ID, { description: 'The record that is evidence.' })
  evidenceId!: string;

  @Field(() => EvidenceBearing, { description: 'What it says to the assessment.' })
  bearing!: EvidenceBearing;

  @Field(() => Text, { nullable: true, description: 'Why so, or how much.' })
  remark?: Text;
}

export const weighEvidence = slice<CaseState, WeighEvidence>(WeighEvidence, (command, state) => {
  requireOpen(state);
  const { recordId, evidenceId, bearing } = command;
  const { kind: recordKind, evidence } = standingAssessment(state, recordId);
  if (recordId === evidenceId) refuse('SAME_RECORD', 'An assessment is no evidence of itself; name another record.');
  requireRecords(state, [evidenceId]);
  const weighing = { bearing, remark: command.remark ?? undefined };
  const before = evidence.get(evidenceId);
  if (before && contentOf(before) === contentOf(weighing))
    refuse('NOTHING_CHANGED', 'It is weighed exactly so already.');
  if (!before && evidence.size >= EVIDENCE_MAX)
    refuse(
      'LIMIT_EXCEEDED',
      `At most ${EVIDENCE_MAX} records are weighed for one assessment; weigh those anew that are.`,
    );
  return [event(EvidenceWeighed, { recordId, recordKind, evidenceId, ...weighing })];
});
