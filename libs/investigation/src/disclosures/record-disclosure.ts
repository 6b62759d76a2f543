import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { disclosureFacts } from './disclosure-facts.js';
import { DisclosureCommand, DisclosureFacts } from './disclosure-fields.js';

@CommandInput(
  'Records that records of a case were disclosed to somebody: which, at which revisions, and under which agreement.',
)
export class RecordDisclosure extends DisclosureCommand {
  @OptionalId('The id of the new disclosure, if you choose it: a UUID in lower case.')
  disclosureId?: string | null;
}

@ObjectType({ description: 'Records were disclosed to somebody.' })
@StoredEvent<DisclosureRecorded>('DisclosureRecorded', {
  version: 1,
  stix: 'report: object_refs to what was disclosed, under the mark it was handed over with; task external-outreach',
  summary: ({ audience, disclosed }) => `Disclosed, ${audience}: ${disclosed.length} records`,
})
export class DisclosureRecorded extends DisclosureFacts {}

export const recordDisclosure = slice<CaseState, RecordDisclosure>(RecordDisclosure, (command, state, context) => {
  requireOpen(state);
  const facts = disclosureFacts(command, state);
  return [event(DisclosureRecorded, { disclosureId: newRecordId(state, command.disclosureId, context), ...facts })];
});
