import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { LinkCommand, LinkFacts, linkFacts } from './link-fields.js';

@CommandInput(
  'Records that two records of a case corroborate or contradict each other, or which of what they tell came first.',
)
export class LinkRecords extends LinkCommand {
  @OptionalId('The id of the new link, if you choose it: a UUID in lower case.')
  linkId?: string | null;
}

@ObjectType({ description: 'Two records were linked.' })
@StoredEvent<RecordsLinked>('RecordsLinked', {
  version: 1,
  stix: 'opinion: agree or disagree, about both objects; of an order in time, a relationship (related-to)',
  summary: ({ fromRecordId, linkKind, toRecordId }) => `Record ${fromRecordId} ${linkKind} ${toRecordId}`,
})
export class RecordsLinked extends LinkFacts {}

export const linkRecords = slice<CaseState, LinkRecords>(LinkRecords, (command, state, context) => {
  requireOpen(state);
  const facts = linkFacts(command, state);
  return [event(RecordsLinked, { linkId: newRecordId(state, command.linkId, context), ...facts })];
});
