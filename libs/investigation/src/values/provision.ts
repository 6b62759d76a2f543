import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsString, Length } from 'class-validator';
import { IsShown } from '#event-sourcing/shown.js';

const description = 'A provision of an agreement or of terms, named as precisely as its source names it.';

/** A place in a document of terms: which document, which version, which clause. */
@InputType('ProvisionInput', { description })
@ObjectType('Provision', { description })
export class Provision {
  @Field({ description: 'The document, by its title, 1 to 300 characters: `Terms of Use`.' })
  @IsString()
  @Length(1, 300)
  @IsShown()
  document!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its version as the document itself names it, at most 300 characters; null if not stated.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  @IsShown()
  version?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The clause, at most 300 characters: `4.2`; null if not stated.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  @IsShown()
  clause?: string | null;
}

/** The name of the same class in GraphQL inputs. */
export { Provision as ProvisionInput };
