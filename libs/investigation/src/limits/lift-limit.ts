import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id, Prose } from '../fields.js';

@CommandInput('Opens a limited record to all who may read the case. A privilege asserted on it stays.')
export class LiftLimit extends CaseCommand {
  @Id('The record.')
  recordId!: string;

  @Prose('Why.')
  reason!: string;
}

@ObjectType({ description: 'A record was opened to all who may read the case.' })
@StoredEvent<LimitLifted>('LimitLifted', {
  version: 1,
  stix: 'none: who of the house may see a record',
  summary: ({ recordId, reason }) => `Limit of record ${recordId} lifted: ${excerpt(reason)}`,
})
export class LimitLifted {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const liftLimit = slice<CaseState, LiftLimit>(LiftLimit, ({ recordId, reason }, state) => {
  known(state.records, recordId, 'record');
  if (!state.access.walls.get(recordId)?.has('LIMIT')) refuse('NOT_LIMITED', 'The record is not limited.');
  return [event(LimitLifted, { recordId, reason })];
});
