import { ObjectType } from '@nestjs/graphql';
import { isOutside } from '#access/cases/allow.js';
import { THE_CASE } from '#access/cases/case-access.js';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { decideMark } from './decide-mark.js';
import { MarkCommand, MarkSet, markInWords } from './mark.js';
import { readerOf } from './originator.js';

@CommandInput(
  'Marks a case, and with it each of its records, with whose word it is: who may receive it (TLP 2.0) and what may be done with it (PAP). Given again, it replaces the mark of the same originator; lowering that of another needs its recorded consent.',
)
export class MarkCase extends MarkCommand {}

@ObjectType({ description: 'The case was marked: who may receive it, what may be done with it.' })
@StoredEvent<CaseMarked>('CaseMarked', {
  version: 1,
  stix: 'marking-definition: TLP 2.0 and PAP, referred to by the incident (object_marking_refs)',
  summary: (event) => `Case marked ${markInWords(event)}`,
})
export class CaseMarked extends MarkSet {}

export const markCase = slice<CaseState, MarkCase>(MarkCase, (command, state, context) => {
  // It would close the case to every other organisation, and only its originator could open it again.
  if (isOutside(readerOf(context.actor)))
    refuse('NOT_ORIGINATOR', 'A case is marked by its own house: ask somebody of it, or mark a record.');
  return [event(CaseMarked, decideMark(command, THE_CASE, state, context))];
});
