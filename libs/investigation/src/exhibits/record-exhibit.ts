import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { exhibitFacts } from './exhibit-facts.js';
import { ExhibitCommand, ExhibitFacts } from './exhibit-fields.js';

@CommandInput(
  'Records a piece of evidence: what it is, where it is kept and what its content hashes to. The content itself is not kept here.',
)
export class RecordExhibit extends ExhibitCommand {
  @OptionalId('The id of the new exhibit, if you choose it: a UUID in lower case.')
  exhibitId?: string | null;
}

@ObjectType({ description: 'A piece of evidence was recorded: what it is and where it is kept.' })
@StoredEvent<ExhibitRecorded>('ExhibitRecorded', {
  version: 1,
  stix: 'artifact: mime_type, url and hashes, without its content',
  summary: ({ exhibitNumber, title, exhibitKind }) =>
    `Exhibit recorded: ${exhibitNumber ? `${exhibitNumber}, ` : ''}${excerpt(title)} (${exhibitKind})`,
})
export class ExhibitRecorded extends ExhibitFacts {}

export const recordExhibit = slice<CaseState, RecordExhibit>(RecordExhibit, (command, state, context) => {
  requireOpen(state);
  const exhibitId = newRecordId(state, command.exhibitId, context);
  return [event(ExhibitRecorded, { exhibitId, ...exhibitFacts(command, state) })];
});
