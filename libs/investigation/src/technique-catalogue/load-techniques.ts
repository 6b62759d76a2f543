import { Field } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, Matches, ValidateNested } from 'class-validator';
import { Command, CommandInput } from '#event-sourcing/command.js';
import { event } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { type CatalogueState } from './catalogue.js';
import { compareVersions, FRAMEWORK_ID, FRAMEWORK_NAMES, FRAMEWORK_VERSION, TechniqueFramework } from './framework.js';
import { CatalogueEntryInput, TechniquesLoaded } from './techniques-loaded.js';

@CommandInput(
  'Makes the techniques, tactics and mitigations of a version of ATLAS or ATT&CK known, so that cases can name them by id alone. What is known of that version already stays, and is named anew where it is given again.',
)
export class LoadTechniques extends Command {
  @Field(() => TechniqueFramework, { description: 'Whose terms they are.' })
  @IsIn(Object.values(TechniqueFramework))
  framework!: TechniqueFramework;

  @Field(() => String, { description: 'Its version, as the framework numbers it: `5.6`.' })
  @Matches(FRAMEWORK_VERSION, { message: 'frameworkVersion must be numbers parted by full stops, such as "5.6"' })
  frameworkVersion!: string;

  @Field(() => [CatalogueEntryInput], { description: 'What it names: 1 to 5,000.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5_000)
  @ValidateNested({ each: true })
  entries!: CatalogueEntryInput[];
}

export const loadTechniques = slice<CatalogueState, LoadTechniques>(
  LoadTechniques,
  ({ framework, frameworkVersion, entries }, { versions }) => {
    const foreign = entries.find(({ mitreId }) => !FRAMEWORK_ID[framework].test(mitreId));
    if (foreign)
      refuse(
        'NOT_OF_FRAMEWORK',
        `The id ${foreign.mitreId} is none of ${FRAMEWORK_NAMES[framework]}; give its own ids.`,
      );
    const known = [...versions].find(([one]) => compareVersions(one, frameworkVersion) === 0)?.[1];
    if (known && entries.every(({ mitreId, label }) => known.get(mitreId) === label))
      refuse('NOTHING_CHANGED', `All of that is known of ${FRAMEWORK_NAMES[framework]} ${frameworkVersion} already.`);
    return [event(TechniquesLoaded, { framework, frameworkVersion, entries })];
  },
);
