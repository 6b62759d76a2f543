import { Field, ID, ObjectType } from '@nestjs/graphql';
import { AssessedRecord } from '../assessments/assessed-record.js';
import { TechniqueFramework } from '../technique-catalogue/framework.js';
import { describedEnum } from '../values/described-enum.js';
import { Text } from '../values/text.js';

export const TechniqueCertainty = describedEnum(
  'TechniqueCertainty',
  'Whether the use of a technique is only suspected.',
  { SUSPECTED: 'It is suspected.', ESTABLISHED: 'It is established.' },
);
export type TechniqueCertainty = keyof typeof TechniqueCertainty;

@ObjectType({ description: 'A technique that was, or may have been, used: by its id in MITRE ATLAS or ATT&CK.' })
export class Technique extends AssessedRecord {
  @Field(() => TechniqueCertainty, { description: 'Whether its use is suspected or established.' })
  certainty!: TechniqueCertainty;

  @Field(() => TechniqueFramework, { description: 'Whose terms the technique is named in.' })
  framework!: TechniqueFramework;

  @Field(() => String, { description: 'Its id there.' })
  mitreId!: string;

  @Field(() => String, { description: 'The version of the framework.' })
  frameworkVersion!: string;

  @Field(() => String, { nullable: true, description: 'Its name in that version; null: not known.' })
  techniqueName?: string;

  @Field(() => String, { nullable: true, description: 'The tactic that it served, by its id.' })
  tacticId?: string;

  @Field(() => Text, { nullable: true, description: 'How it would have been used.' })
  description?: Text;

  @Field(() => [ID], { description: 'Parties who would have used it.' })
  subjects!: string[];

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];
}
