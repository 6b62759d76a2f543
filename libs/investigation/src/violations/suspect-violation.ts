import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { needTerms } from '../terms/citation.js';
import { ViolationCommand, ViolationFacts, violationFacts } from './violation-fields.js';

@CommandInput('Records that a breach of the terms of service is suspected.')
export class SuspectViolation extends ViolationCommand {
  @OptionalId('The id of the new violation, if you choose it: a UUID in lower case.')
  violationId?: string | null;
}

@ObjectType({ description: 'A breach of the terms of service was suspected.' })
@StoredEvent<TosViolationSuspected>('TosViolationSuspected', {
  version: 1,
  stix: 'event: policy-violation, status undetermined; incident determination suspected',
  summary: ({ description }) => `Violation suspected: ${excerpt(description?.text)}`,
})
export class TosViolationSuspected extends ViolationFacts {}

export const suspectViolation = slice<CaseState, SuspectViolation>(
  SuspectViolation,
  (command, state, context) => {
    requireOpen(state);
    const facts = violationFacts(command, state, context.needed);
    const violationId = newRecordId(state, command.violationId, context);
    return [event(TosViolationSuspected, { violationId, ...facts })];
  },
  { needs: ({ citations }) => needTerms(citations) },
);
