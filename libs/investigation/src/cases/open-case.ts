import { randomBytes } from 'node:crypto';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  Length,
  ValidateNested,
} from 'class-validator';
import { Command, CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { IsShown } from '#event-sourcing/shown.js';
import { type Need, slice } from '#event-sourcing/slice.js';
import { OptionalId, When } from '../fields.js';
import { CaseGrant, CaseGrantInput, completed, keyOfGrant } from '../members/grantee.js';
import { CasePriority, CaseSeverity } from '../triage/case-ratings.js';
import { OptionalTags } from '../triage/tag-fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, TextInput } from '../values/text.js';
import { CaseKind } from './case-enums.js';
import { caseNumber } from './case-number.js';
import { type CaseState } from './case-state.js';

@CommandInput('Opens an investigation.')
export class OpenCase extends Command {
  @Field(() => String, { description: 'What the case is called, 1-300 characters.' })
  @Length(1, 300)
  @IsShown()
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

  @Field(() => CaseSeverity, { nullable: true, description: 'How severe it is; omitted: not rated.' })
  @IsOptional()
  @IsIn(Object.values(CaseSeverity))
  severity?: CaseSeverity | null;

  @Field(() => CasePriority, { nullable: true, description: 'How soon it is to be worked on; omitted: not rated.' })
  @IsOptional()
  @IsIn(Object.values(CasePriority))
  priority?: CasePriority | null;

  @OptionalTags('Its tags.')
  tags?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: from its first event on, only members can tell that the case exists, and its number is random. Default: false.',
  })
  @IsOptional()
  @IsBoolean()
  restricted?: boolean | null;

  @Field(() => [CaseGrantInput], {
    nullable: true,
    description: 'Members beside you, at most 100: you become one with all rights.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique(keyOfGrant)
  @ValidateNested({ each: true })
  members?: CaseGrantInput[] | null;
}

@ObjectType({ description: 'A case was opened.' })
@StoredEvent<CaseOpened>('CaseOpened', {
  version: 1,
  stix: 'incident: investigation_status new, determination suspected',
  summary: ({ number, title }) => `Case ${number} opened: ${title}`,
})
export class CaseOpened {
  @Field(() => String, {
    description:
      'The number of the case for people: CASE-2025-0001, or CASE-2025-K7Q4XN of one that was opened restricted.',
  })
  number!: string;

  @Field(() => String, { nullable: true, description: 'What the case is called.' })
  title?: string;

  @Field(() => CaseKind, { nullable: true, description: 'The form of the investigation.' })
  kind?: CaseKind;

  @Field(() => Text, { nullable: true, description: 'What it is about.' })
  description?: Text;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: only members can tell that the case exists. Null: it was open to all who see cases by their role.',
  })
  restricted?: boolean;

  @Field(() => [CaseGrant], {
    nullable: true,
    description: 'Its members beside whoever opened it, who has all rights.',
  })
  members?: CaseGrant[];

  @Field(() => CaseSeverity, { nullable: true, description: 'How severe it is; null: not rated.' })
  severity?: CaseSeverity;

  @Field(() => CasePriority, { nullable: true, description: 'How soon it is to be worked on; null: not rated.' })
  priority?: CasePriority;

  @Field(() => [String], { nullable: true, description: 'Its tags.' })
  tags?: string[];
}

@ObjectType({ description: 'A case number was reserved. Numbers may be reserved and never used: gaps mean nothing.' })
@StoredEvent<CaseNumberReserved>('CaseNumberReserved', {
  version: 1,
  stix: 'none: numbers are of this installation',
  summary: ({ number }) => `Case number ${number} reserved`,
})
export class CaseNumberReserved {
  @Field(() => Int, { description: 'The year of recording, UTC.' })
  year!: number;

  @Field(() => String, { description: 'The number of the case for people: CASE-2025-0001.' })
  number!: string;
}

export const openCase = slice<CaseState, OpenCase>(
  OpenCase,
  (command, _state, context) => {
    const { title, kind, occurredAt } = command;
    const year = yearOf(context.now);
    const restricted = command.restricted ?? false;
    const number = restricted
      ? `CASE-${year}-${randomMark(context.given.random)}`
      : caseNumber(year, context.needed.number.revision);
    const description = command.description ?? undefined;
    const members = command.members?.map(({ grantee, rights }) => ({ grantee, rights: completed(rights) }));
    const access = { restricted: restricted || undefined, members: members?.length ? members : undefined };
    const { severity, priority, tags } = command;
    const rated = { severity: severity ?? undefined, priority: priority ?? undefined };
    const tagged = { tags: tags?.length ? tags : undefined };
    return [event(CaseOpened, { number, title, kind, description, occurredAt, ...access, ...rated, ...tagged })];
  },
  {
    creates: true,
    gives: () => ({ random: randomBytes(8).toString('hex') }),
    needs: ({ restricted }, { now }): Record<string, Need> => {
      // A reservation would tell that there is a case.
      if (restricted) return {};
      const year = yearOf(now);
      const reserved = (revision: number) => event(CaseNumberReserved, { year, number: caseNumber(year, revision) });
      return { number: { kind: 'reservation', stream: `numbering-${year}`, event: reserved } };
    },
  },
);

const yearOf = (instant: string): number => Number(instant.slice(0, 4));

/** Letters and digits that are not mistaken for each other, spoken or written. */
const MARKS = 'ABCDEFGHJKLMNPQRSTVWXYZ23456789';

/** Six marks out of hexadecimal randomness, at least one of them a letter: it is never a number that is counted. */
function randomMark(random: string): string {
  let rest = BigInt(`0x${random}`);
  let mark = '';
  for (let n = 0; n < 6; n++) {
    // The first is a letter.
    const marks = BigInt(n === 0 ? 23 : MARKS.length);
    mark += MARKS[Number(rest % marks)];
    rest /= marks;
  }
  return mark;
}
