import { Field, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional, Length, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { IsShown } from '#event-sourcing/shown.js';
import { slice } from '#event-sourcing/slice.js';
import { OptionalProse } from '../fields.js';
import { changesNothing } from '../same-content.js';
import { Text, TextInput } from '../values/text.js';
import { CaseCommand } from './case-command.js';
import { CaseKind } from './case-enums.js';
import { type CaseState, requireOpen } from './case-state.js';

@CommandInput('Changes what a case is called, its form or its description: what is omitted stays.')
export class AmendCase extends CaseCommand {
  @Field(() => String, {
    nullable: true,
    description: 'What the case is called, 1-300 characters. Omitted: unchanged.',
  })
  @IsOptional()
  @Length(1, 300)
  @IsShown()
  title?: string | null;

  @Field(() => CaseKind, { nullable: true, description: 'The form of the investigation. Omitted: unchanged.' })
  @IsOptional()
  @IsIn(Object.values(CaseKind))
  kind?: CaseKind | null;

  @Field(() => TextInput, { nullable: true, description: 'What it is about. Omitted: unchanged.' })
  @IsOptional()
  @ValidateNested()
  description?: TextInput | null;

  @OptionalProse('Why it is changed.')
  reason?: string | null;
}

@ObjectType({ description: 'What a case is called, its form or its description was changed.' })
@StoredEvent<CaseAmended>('CaseAmended', {
  version: 1,
  stix: 'incident: a later version of it (modified)',
  summary: ({ reason }) => `Case amended${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class CaseAmended {
  @Field(() => String, { nullable: true, description: 'What the case is called from now on; null: unchanged.' })
  title?: string;

  @Field(() => CaseKind, { nullable: true, description: 'The form of the investigation from now on; null: unchanged.' })
  kind?: CaseKind;

  @Field(() => Text, { nullable: true, description: 'What it is about, from now on; null: unchanged.' })
  description?: Text;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const amendCase = slice<CaseState, AmendCase>(AmendCase, ({ title, kind, description, reason }, state) => {
  requireOpen(state);
  const before = { title: state.title, kind: state.caseKind, description: state.description };
  if (changesNothing(before, { title, kind, description })) {
    refuse('NOTHING_CHANGED', 'Give at least one of title, kind and description that differs.');
  }
  return [event(CaseAmended, { title, kind, description, reason } as CaseAmended)];
});
