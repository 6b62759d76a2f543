import { Field, ID, ObjectType } from '@nestjs/graphql';
import { IsOptional, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { standing } from '../correctable.js';
import { Id, OptionalId, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, TextInput } from '../values/text.js';

@CommandInput('Records that a disclosure was acknowledged.')
export class AcknowledgeDisclosure extends CaseCommand {
  @Id('The disclosure.')
  disclosureId!: string;

  @OptionalId('The party who acknowledged it.')
  byPartyId?: string | null;

  @When('When it was acknowledged.')
  acknowledgedAt: string = 'NOT_STATED';

  @Field(() => TextInput, { nullable: true, description: 'What was said.' })
  @IsOptional()
  @ValidateNested()
  remark?: TextInput | null;
}

@ObjectType({ description: 'A disclosure was acknowledged.' })
@StoredEvent<DisclosureAcknowledged>('DisclosureAcknowledged', {
  version: 1,
  stix: 'task: external-outreach, outcome successful',
  summary: () => 'Disclosure acknowledged',
})
export class DisclosureAcknowledged {
  @Field(() => ID, { description: 'The disclosure.' })
  disclosureId!: string;

  @Field(() => ID, { nullable: true, description: 'The party who acknowledged it.' })
  byPartyId?: string;

  @Field(() => FuzzyTime, { description: 'When it was acknowledged, as stated.' })
  acknowledgedAt!: string;

  @Field(() => Text, { nullable: true, description: 'What was said.' })
  remark?: Text;
}

export const acknowledgeDisclosure = slice<CaseState, AcknowledgeDisclosure>(
  AcknowledgeDisclosure,
  (command, state) => {
    requireOpen(state);
    const { disclosureId, byPartyId, acknowledgedAt, remark } = command;
    const disclosure = standing(state.disclosures, disclosureId, 'disclosure');
    requireParties(state, [byPartyId]);
    if (disclosure.acknowledged) refuse('ALREADY_ACKNOWLEDGED', 'The disclosure is acknowledged already.');
    const facts = { byPartyId: byPartyId ?? undefined, acknowledgedAt, remark: remark ?? undefined };
    return [event(DisclosureAcknowledged, { disclosureId, ...facts })];
  },
);
