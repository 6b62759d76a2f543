import { Field, Int, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional, Length, ValidateNested } from 'class-validator';
import { Command, CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { OptionalId, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, TextInput } from '../values/text.js';
import { CaseKind } from './case-enums.js';
import { type CaseState } from './case-state.js';

@CommandInput('Opens an investigation.')
export class OpenCase extends Command {
  @Field(() => String, { description: 'What the case is called, 1-300 characters.' })
  @Length(1, 300)
  title!: string;

  @Field(() => CaseKind, { description: 'The form of the investigation.' })
  @IsIn(Object.values(CaseKind))
  kind!: CaseKind;

  @Field(() => TextInput, { nullable: true, description: 'What it is about.' })
  @IsOptional()
  @ValidateNested()
  description?: TextInput | null;

  @When('When the investigation began, if not when this is recorded.')
  occurredAt: string = 'NOT_STATED';

  @OptionalId('The id of the new case, if you choose it: a UUID in lower case.')
  caseId?: string | null;
}

@ObjectType({ description: 'A case was opened.' })
@StoredEvent<CaseOpened>('CaseOpened', {
  version: 1,
  summary: ({ number, title }) => `Case ${number} opened: ${title}`,
})
export class CaseOpened {
  @Field(() => String, { description: 'The number of the case for people: CASE-2025-0001.' })
  number!: string;

  @Field(() => String, { nullable: true, description: 'What the case is called.' })
  title?: string;

  @Field(() => CaseKind, { nullable: true, description: 'The form of the investigation.' })
  kind?: CaseKind;

  @Field(() => Text, { nullable: true, description: 'What it is about.' })
  description?: Text;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

@ObjectType({ description: 'A case number was reserved. Numbers may be reserved and never used: gaps mean nothing.' })
@StoredEvent<CaseNumberReserved>('CaseNumberReserved', {
  version: 1,
  summary: ({ number }) => `Case number ${number} reserved`,
})
export class CaseNumberReserved {
  @Field(() => Int, { description: 'The year of recording, UTC.' })
  year!: number;

  @Field(() => String, { description: 'The number of the case for people: CASE-2025-0001.' })
  number!: string;
}

/** `CASE-<year>-<number>`: the place in the year's stream of reservations, from 1, at least four digits. */
const caseNumber = (year: number, revision: number): string => `CASE-${year}-${String(revision + 1).padStart(4, '0')}`;

export const openCase = slice<CaseState, OpenCase>(
  OpenCase,
  (command, _state, context) => {
    const { title, kind, description, occurredAt } = command;
    const number = caseNumber(yearOf(context.now), context.needed.number.revision);
    return [event(CaseOpened, { number, title, kind, description: description ?? undefined, occurredAt })];
  },
  {
    creates: true,
    needs: (_command, { now }) => {
      const year = yearOf(now);
      const reserved = (revision: number) => event(CaseNumberReserved, { year, number: caseNumber(year, revision) });
      return { number: { kind: 'reservation', stream: `numbering-${year}`, event: reserved } };
    },
  },
);

const yearOf = (instant: string): number => Number(instant.slice(0, 4));
