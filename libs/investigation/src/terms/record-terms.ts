import { Field } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsOptional, IsUrl, Length, MaxLength } from 'class-validator';
import { Command, CommandInput } from '#event-sourcing/command.js';
import { event } from '#event-sourcing/event.js';
import { IsShown } from '#event-sourcing/shown.js';
import { slice } from '#event-sourcing/slice.js';
import { Choice, Line, OptionalId, OptionalWords } from '../fields.js';
import { type TextInput } from '../values/text.js';
import { TermsKind } from './terms-enums.js';
import { TermsRecorded } from './terms-recorded.js';
import { type TermsState } from './terms-state.js';

@CommandInput('Records a document of terms, outside all cases; its versions follow (addTermsVersion).')
export class RecordTerms extends Command {
  @Line('Its title: `Terms of Use`.')
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

  @OptionalId('The id of the new terms, if you choose it: a UUID in lower case.')
  termsId?: string | null;
}

export const recordTerms = slice<TermsState, RecordTerms>(
  RecordTerms,
  ({ title, termsKind, issuer, products, description, url }, _state, { subjectId }) => {
    const facts = { termsId: subjectId, title, termsKind, issuer, products, description, url };
    return [event(TermsRecorded, facts as TermsRecorded)];
  },
  { creates: true },
);
