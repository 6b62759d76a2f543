import { ObjectType } from '@nestjs/graphql';
import { THE_CASE } from '#access/cases/case-access.js';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { decideMark } from './decide-mark.js';
import { MarkCommand, MarkSet, markInWords } from './mark.js';

@CommandInput(
  'Marks a case, and with it each of its records, with whose word it is: who may receive it (TLP 2.0) and what may be done with it (PAP). Given again, it replaces the mark of the same originator; lowering that of another needs its recorded consent.',
)
export class MarkCase extends MarkCommand {}

@ObjectType({ description: 'The case was marked: who may receive it, what may be done with it.' })
@StoredEvent<CaseMarked>('CaseMarked', { version: 1, summary: (event) => `Case marked ${markInWords(event)}` })
export class CaseMarked extends MarkSet {}

export const markCase = slice<CaseState, MarkCase>(MarkCase, (command, state, context) => [
  event(CaseMarked, decideMark(command, THE_CASE, state, context)),
]);
