import { Field, ID, ObjectType } from '@nestjs/graphql';
import { IsIn, Length, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { IsShown } from '#event-sourcing/shown.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id, When } from '../fields.js';
import { Channel } from '../values/enums.js';
import { requireRoom } from '../room.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { asStated, requireRecipients } from './decide-mark.js';
import { MarkFacts, MarkInput, markInWords } from './mark.js';
import { isSame, lowers, markedAs, markOn, termsOf } from './mark-state.js';
import { OriginatorInput, originatorName, OURS, spokenFor } from './originator.js';

@CommandInput(
  'Records that the originator of a mark consents to a lower one, named here in full. It covers that mark, once, and ends when the originator’s mark changes in any way.',
)
export class RecordOriginatorConsent extends MarkInput {
  @Id('What is marked: a record of this case, or the case itself.')
  markedId!: string;

  @Field(() => OriginatorInput, { description: 'Whose mark it is, as it was marked.' })
  @ValidateNested()
  originator!: OriginatorInput;

  @Field(() => String, { description: 'Who consented, for the originator: a name and a role, 1-300 characters.' })
  @Length(1, 300)
  @IsShown()
  consentedBy!: string;

  @When('When they consented.')
  consentedAt: string = 'NOT_STATED';

  @Field(() => Channel, { defaultValue: 'NOT_STATED', description: 'By what way we know.' })
  @IsIn(Object.values(Channel))
  channel: Channel = 'NOT_STATED';
}

@ObjectType({ description: 'The originator of a mark consented to a lower one.' })
@StoredEvent<OriginatorConsentRecorded>('OriginatorConsentRecorded', {
  version: 1,
  stix: 'note: about what the originator marked',
  summary: ({ consentedBy, ...mark }) => `Consent recorded of ${consentedBy} to ${markInWords(mark)}`,
})
export class OriginatorConsentRecorded extends MarkFacts {
  @Field(() => ID, { description: 'The consent.' })
  consentId!: string;

  @Field(() => ID, { description: 'What is marked: a record, or the case.' })
  markedId!: string;

  @Field(() => String, { description: 'Who consented.' })
  consentedBy!: string;

  @Field(() => FuzzyTime, { description: 'When they consented, as stated.' })
  consentedAt!: string;

  @Field(() => Channel, { description: 'How it was told.' })
  channel!: Channel;
}

export const recordOriginatorConsent = slice<CaseState, RecordOriginatorConsent>(
  RecordOriginatorConsent,
  (command, state, context) => {
    const { markedId, tlp, pap, recipients, originator, consentedBy, consentedAt, channel } = command;
    const id = markedAs(markedId, context.subjectId);
    if (markedId !== context.subjectId) known(state.records, markedId, 'record');
    requireRecipients(command);
    const name = originatorName(originator);
    const mark =
      markOn(state, id, name) ?? refuse('NOT_FOUND', `${name} has not marked it; a consent is to a mark that stands.`);
    const own = spokenFor(context.actor);
    if (own !== OURS && own !== name) {
      refuse('NOT_ORIGINATOR', 'Whoever is of an outside organisation records the consent of that one alone.');
    }
    const terms = termsOf(command);
    if (!lowers(terms, mark))
      refuse('CONSENT_NOT_NEEDED', 'That mark is not lower than the one that stands; set it (markRecord, markCase).');
    if ([...mark.consents.values()].some((one) => isSame(one, terms))) {
      refuse('ALREADY_CONSENTED', 'Its consent to exactly this mark is recorded and has not been used.');
    }
    requireRoom(mark.consented, 'consents', 'mark', 'its originator may set it anew');
    return [
      event(OriginatorConsentRecorded, {
        ...{
          consentId: context.newId(),
          markedId,
          tlp,
          pap: pap ?? undefined,
          originator: asStated(originator),
          recipients,
        },
        ...{ consentedBy, consentedAt, channel },
      }),
    ];
  },
);
