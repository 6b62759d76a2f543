import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { IsShown } from '#event-sourcing/shown.js';
import { IsLanguage } from './language.js';

/** The most characters (UTF-16 code units) of a text, and of every reason, finding and ground. */
export const TEXT_MAX_LENGTH = 20_000;

/** A text in another language than its author's, and who put it there. */
@InputType('TranslationInput', { description: 'A text put into another language.' })
@ObjectType('Translation', { description: 'A text put into another language.' })
export class Translation {
  @Field({ description: 'The translated text, 1 to 20,000 characters.' })
  @IsString()
  @Length(1, TEXT_MAX_LENGTH)
  @IsShown()
  text!: string;

  @Field({ description: 'The language of the translation, a BCP 47 tag such as `en` or `zh-Hant`.' })
  @IsLanguage()
  language!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who or what translated it, in words, at most 300 characters; null if not stated.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  @IsShown()
  by?: string | null;
}

/** What somebody wrote or said, in their words and language, perhaps with a translation beside it. */
@InputType('TextInput', { description: 'A text in its own language, perhaps with a translation beside it.' })
@ObjectType('Text', { description: 'A text in its own language, perhaps with a translation beside it.' })
export class Text {
  @Field({ description: 'The text itself, 1 to 20,000 characters.' })
  @IsString()
  @Length(1, TEXT_MAX_LENGTH)
  @IsShown()
  text!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its language, a BCP 47 tag such as `en` or `fr-CA`; null if not stated.',
  })
  @IsOptional()
  @IsLanguage()
  language?: string | null;

  @Field(() => Translation, {
    nullable: true,
    description: 'The same text in another language; null if there is none.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => Translation)
  translation?: Translation | null;
}

/** The name of the same class in GraphQL inputs. */
export { Text as TextInput };
