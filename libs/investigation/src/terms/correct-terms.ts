import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsOptional, IsUrl, Length, MaxLength } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { IsShown } from '#event-sourcing/shown.js';
import { slice } from '#event-sourcing/slice.js';
import { Choice, Line, OptionalWords, Prose } from '../fields.js';
import { contentOf } from '../same-content.js';
import { Text, type TextInput } from '../values/text.js';
import { TermsCommand } from './terms-command.js';
import { TermsKind } from './terms-enums.js';
import { type TermsState } from './terms-state.js';

@CommandInput('Replaces what is recorded of a document of terms, whole, but its versions.')
export class CorrectTerms extends TermsCommand {
  @Line('Its title.')
  title!: string;

  @Choice(TermsKind, 'What sort of terms it holds.')
  termsKind!: TermsKind;

  @Line('Whose terms they are, by name.')
  issuer!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: 'The products that they apply to, by name: at most 100 of 1-300 characters.',
  })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @Length(1, 300, { each: true })
  @IsShown({ each: true })
  products: string[] = [];

  @OptionalWords('What they are about.')
  description?: TextInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where they can be read: an http or https address, at most 2,000 characters.',
  })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(2000)
  url?: string | null;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a document of terms was replaced, whole, but its versions.' })
@StoredEvent<TermsCorrected>('TermsCorrected', {
  version: 1,
  stix: 'none: terms are no object of STIX',
  summary: ({ reason }) => `Terms corrected: ${excerpt(reason)}`,
})
export class TermsCorrected {
  @Field(() => ID, { description: 'The terms.' })
  termsId!: string;

  @Field(() => String, { nullable: true, description: 'The title.' })
  title?: string;

  @Field(() => TermsKind, { description: 'What sort of terms the document holds.' })
  termsKind!: TermsKind;

  @Field(() => String, { description: 'Whose terms they are, by name.' })
  issuer!: string;

  @Field(() => [String], { description: 'The products that they apply to, by name.' })
  products!: string[];

  @Field(() => Text, { nullable: true, description: 'What they are about.' })
  description?: Text;

  @Field(() => String, { nullable: true, description: 'Where they can be read.' })
  url?: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctTerms = slice<TermsState, CorrectTerms>(CorrectTerms, (command, state) => {
  const { termsId, title, termsKind, issuer, products, description, url, reason } = command;
  const facts = { termsId, title, termsKind, issuer, products, description, url };
  if (contentOf(facts) === contentOf(state.facts ?? {}))
    refuse('NOTHING_CHANGED', 'The terms say exactly this already.');
  return [event(TermsCorrected, { ...facts, reason } as TermsCorrected)];
});
