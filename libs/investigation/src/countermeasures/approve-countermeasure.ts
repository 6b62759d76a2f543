import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { standing } from '../correctable.js';
import { Id, OptionalId, OptionalWords, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, type TextInput } from '../values/text.js';
import { requireStage } from './countermeasure-stage.js';

@CommandInput('Records that a proposed countermeasure was approved.')
export class ApproveCountermeasure extends CaseCommand {
  @Id('The countermeasure.')
  countermeasureId!: string;

  @OptionalId('The party that approved it.')
  byPartyId?: string | null;

  @OptionalWords('On what conditions, or in what words.')
  remark?: TextInput | null;

  @When('When it was approved.')
  occurredAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'A proposed countermeasure was approved.' })
@StoredEvent<CountermeasureApproved>('CountermeasureApproved', {
  version: 1,
  stix: 'task: outcome pending',
  summary: () => 'Countermeasure approved',
})
export class CountermeasureApproved {
  @Field(() => ID, { description: 'The countermeasure.' })
  countermeasureId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that approved it.' })
  byPartyId?: string;

  @Field(() => Text, { nullable: true, description: 'On what conditions, or in what words.' })
  remark?: Text;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const approveCountermeasure = slice<CaseState, ApproveCountermeasure>(
  ApproveCountermeasure,
  (command, state) => {
    requireOpen(state);
    const { countermeasureId, byPartyId, remark, occurredAt } = command;
    const { stage } = standing(state.countermeasures, countermeasureId, 'countermeasure');
    requireParties(state, [byPartyId]);
    requireStage(stage, ['PROPOSED', 'REJECTED'], 'APPROVED');
    return [
      event(CountermeasureApproved, { countermeasureId, byPartyId, remark, occurredAt } as CountermeasureApproved),
    ];
  },
);
