import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { known, requireParties } from '../known-records.js';
import {
  type DisclosedRecord,
  type DisclosedRecordInput,
  type DisclosureCommand,
  type DisclosureFacts,
} from './disclosure-fields.js';

/**
 * The facts of a command, its references checked; `before`: what the disclosure that it corrects names as disclosed. Refuses with
 * RECIPIENT_NEEDED and NOT_RECORDED_THEN.
 */
export function disclosureFacts(
  command: DisclosureCommand,
  state: Frozen<CaseState>,
  before: readonly DisclosedRecord[] = [],
): Omit<DisclosureFacts, 'disclosureId'> {
  const { audience, toPartyId, fromPartyId, underRecordId, channel, reportedAt, acknowledgementDue } = command;
  requireParties(state, [toPartyId, fromPartyId]);
  if (underRecordId) known(state.records, underRecordId, 'record');
  if (!toPartyId && audience !== 'PUBLIC')
    refuse(
      'RECIPIENT_NEEDED',
      'Name the party who was told (toPartyId); only a publication is told to nobody in particular.',
    );
  const { agreement, disclosedTlp, disclosedPap, description } = command;
  return {
    ...{ audience, toPartyId: toPartyId ?? undefined, fromPartyId: fromPartyId ?? undefined },
    disclosed: command.disclosed.map((one) => atRevision(one, state, before)),
    ...{ underRecordId: underRecordId ?? undefined, agreement: agreement ?? undefined },
    ...{ disclosedTlp: disclosedTlp ?? undefined, disclosedPap: disclosedPap ?? undefined },
    ...{ channel, reportedAt, acknowledgementDue, description: description ?? undefined },
  };
}

/** A record as it stood at a revision of the case that it had reached by then. What was told stays told, however it changed since. */
function atRevision(
  { recordId, revision }: DisclosedRecordInput,
  state: Frozen<CaseState>,
  before: readonly DisclosedRecord[],
): DisclosedRecord {
  const record = known(state.records, recordId, 'record');
  const told = revision ?? before.find((one) => one.recordId === recordId)?.revision ?? record.revision;
  const { firstRevision = 0, revision: last } = record;
  if (told < firstRevision || told > last)
    refuse(
      'NOT_RECORDED_THEN',
      `The record ${recordId} was recorded at revision ${firstRevision} and last changed at ${last}: name one from the first to the last of these, not ${told}.`,
    );
  return { recordId, revision: told };
}
