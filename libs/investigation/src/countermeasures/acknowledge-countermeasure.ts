import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { standing } from '../correctable.js';
import { Id, OptionalWords, When } from '../fields.js';
import { requireRoom } from '../room.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, type TextInput } from '../values/text.js';

@CommandInput('Records that a party acknowledged a countermeasure.')
export class AcknowledgeCountermeasure extends CaseCommand {
  @Id('The countermeasure.')
  countermeasureId!: string;

  @Id('The party that acknowledged it.')
  byPartyId!: string;

  @OptionalWords('What it said.')
  remark?: TextInput | null;

  @When('When it did.')
  acknowledgedAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'A party acknowledged a countermeasure.' })
@StoredEvent<CountermeasureAcknowledged>('CountermeasureAcknowledged', {
  version: 1,
  stix: 'none: who acknowledged it',
  summary: () => 'Countermeasure acknowledged',
})
export class CountermeasureAcknowledged {
  @Field(() => ID, { description: 'The countermeasure.' })
  countermeasureId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that acknowledged it.' })
  byPartyId?: string;

  @Field(() => Text, { nullable: true, description: 'What it said.' })
  remark?: Text;

  @Field(() => FuzzyTime, { description: 'When it was acknowledged, as stated.' })
  acknowledgedAt!: string;
}

export const acknowledgeCountermeasure = slice<CaseState, AcknowledgeCountermeasure>(
  AcknowledgeCountermeasure,
  (command, state) => {
    requireOpen(state);
    const { countermeasureId, byPartyId, remark, acknowledgedAt } = command;
    const { acknowledgedBy } = standing(state.countermeasures, countermeasureId, 'countermeasure');
    requireParties(state, [byPartyId]);
    if (acknowledgedBy.has(byPartyId))
      refuse('ALREADY_ACKNOWLEDGED', 'That party acknowledged the countermeasure already.');
    requireRoom(acknowledgedBy.size, 'acknowledgements', 'countermeasure');
    const facts = { countermeasureId, byPartyId, remark, acknowledgedAt };
    return [event(CountermeasureAcknowledged, facts as CountermeasureAcknowledged)];
  },
);
