import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { StoredEvent } from '#event-sourcing/event.js';
import { IsShown } from '#event-sourcing/shown.js';
import { FRAMEWORK_NAMES, TechniqueFramework } from './framework.js';

const description = 'A technique, tactic or mitigation of a framework.';

/** What a framework names, in one version. */
@InputType('CatalogueEntryInput', { description })
@ObjectType('CatalogueEntry', { description })
export class CatalogueEntry {
  @Field(() => String, { description: 'Its id in the framework: `AML.T0024.002`, 1-40 characters.' })
  @Length(1, 40)
  @IsShown()
  mitreId!: string;

  @Field(() => String, { description: 'Its name there, 1-300 characters.' })
  @Length(1, 300)
  @IsShown()
  label!: string;
}

/** The name of the same class in GraphQL inputs. */
export { CatalogueEntry as CatalogueEntryInput };

@ObjectType({ description: 'The techniques, tactics and mitigations of a version of a framework became known.' })
@StoredEvent<TechniquesLoaded>('TechniquesLoaded', {
  version: 1,
  stix: 'attack-pattern: one for each technique, a course-of-action for each mitigation',
  summary: ({ framework, frameworkVersion, entries }) =>
    `${FRAMEWORK_NAMES[framework]} ${frameworkVersion} loaded: ${entries.length} entries`,
})
export class TechniquesLoaded {
  @Field(() => TechniqueFramework, { description: 'Whose terms they are.' })
  framework!: TechniqueFramework;

  @Field(() => String, { description: 'Its version, as the framework numbers it.' })
  frameworkVersion!: string;

  @Field(() => [CatalogueEntry], { description: 'What it names.' })
  entries!: CatalogueEntry[];
}
