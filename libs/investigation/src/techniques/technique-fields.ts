import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional, Matches, ValidateBy, ValidateNested } from 'class-validator';
import { refuse } from '#event-sourcing/refusal.js';
import { type Context, type Frozen, type Need } from '#event-sourcing/slice.js';
import { AssessmentCommand, AssessmentFacts, assessmentFacts } from '../assessments/assessment-fields.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Ids, isGiven, OptionalLine } from '../fields.js';
import { catalogueAggregate, catalogueId, type CatalogueState, findEntry } from '../technique-catalogue/catalogue.js';
import {
  FRAMEWORK_NAMES,
  FRAMEWORK_VERSION,
  TACTIC_ID,
  TECHNIQUE_ID,
  TechniqueFramework,
} from '../technique-catalogue/framework.js';
import { Text, TextInput } from '../values/text.js';

/** A technique that would have been used, as commands take it. */
@InputType({ isAbstract: true })
export abstract class TechniqueCommand extends AssessmentCommand {
  @Field(() => TechniqueFramework, { description: 'Whose terms the technique is named in.' })
  @IsIn(Object.values(TechniqueFramework))
  framework!: TechniqueFramework;

  @Field(() => String, { description: 'Its id there: `AML.T0024.002`, `T1078`.' })
  @IsOf(TECHNIQUE_ID, 'a technique')
  mitreId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The version of the framework that is meant, such as `5.6`; omitted: the newest known here that has the technique, or, where the same technique is corrected, the one that it was recorded with. An id that is not known here needs it.',
  })
  @IsOptional()
  @Matches(FRAMEWORK_VERSION, { message: 'frameworkVersion must be numbers parted by full stops, such as "5.6"' })
  frameworkVersion?: string | null;

  @OptionalLine('Its name there, if it is not known here: else the name that is known stands.')
  techniqueName?: string | null;

  @Field(() => String, { nullable: true, description: 'The tactic that it served, by its id: `AML.TA0010`.' })
  @IsOptional()
  @IsOf(TACTIC_ID, 'a tactic')
  tacticId?: string | null;

  @Field(() => TextInput, { nullable: true, description: 'How it would have been used.' })
  @IsOptional()
  @ValidateNested()
  description?: TextInput | null;

  @Ids('Parties who would have used it.')
  subjects: string[] = [];

  @Ids('Records of this case that it is about: what was observed, for one.')
  about: string[] = [];
}

/** A technique that would have been used, as events keep it. */
@ObjectType({ isAbstract: true })
export abstract class TechniqueFacts extends AssessmentFacts {
  @Field(() => ID, { description: 'The technique, as it is assessed in this case.' })
  techniqueId!: string;

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

  @Field(() => Int, {
    nullable: true,
    description:
      'How much of the framework was loaded here then: the revision of its stream; null: nothing was, or asked.',
  })
  catalogueRevision?: number;

  @Field(() => Text, { nullable: true, description: 'How it would have been used.' })
  description?: Text;

  @Field(() => [ID], { description: 'Parties who would have used it.' })
  subjects!: string[];

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];
}

/** What was loaded of the framework, unless what is built in tells all that is asked. */
export function catalogueNeed({ framework, mitreId, frameworkVersion }: TechniqueCommand): Record<string, Need> {
  if (isGiven(frameworkVersion) && findEntry({ framework, mitreId }, frameworkVersion)) return {};
  return { catalogue: { kind: 'state', aggregate: catalogueAggregate, subjectId: catalogueId(framework) } };
}

/**
 * The facts of a command, its references checked; `before`: what it corrects. Refuses with UNKNOWN_TECHNIQUE an id that is known in
 * no version, without one.
 */
export function techniqueFacts(
  command: TechniqueCommand,
  state: Frozen<CaseState>,
  { catalogue }: Context['needed'],
  before?: Partial<TechniqueFacts>,
): Omit<TechniqueFacts, 'techniqueId'> {
  const { framework, mitreId, tacticId, description, subjects, about } = command;
  requireParties(state, subjects);
  requireRecords(state, about);
  const isSame = before?.framework === framework && before.mitreId === mitreId;
  const asked = command.frameworkVersion ?? (isSame ? before.frameworkVersion : undefined);
  const found = findEntry(command, asked, catalogue?.state as CatalogueState | undefined);
  return {
    framework,
    mitreId,
    frameworkVersion: found?.frameworkVersion ?? asked ?? unknown(command),
    techniqueName: found?.name ?? command.techniqueName ?? undefined,
    tacticId: tacticId ?? undefined,
    catalogueRevision: catalogue && catalogue.revision >= 0 ? catalogue.revision : undefined,
    description: description ?? undefined,
    subjects,
    about,
    ...assessmentFacts(command, state),
  };
}

const unknown = ({ framework, mitreId }: TechniqueCommand): never =>
  refuse(
    'UNKNOWN_TECHNIQUE',
    `No version of ${FRAMEWORK_NAMES[framework]} that is known here has ${mitreId}; give the one that is meant in frameworkVersion, or have it loaded (caseledger techniques load).`,
  );

/** An id as the framework that is named spells its own. */
function IsOf(ids: Readonly<Record<TechniqueFramework, RegExp>>, what: string): PropertyDecorator {
  const named = (command: object): TechniqueFramework => (command as TechniqueCommand).framework;
  return ValidateBy({
    name: 'isOf',
    validator: {
      validate: (id, args) => typeof id === 'string' && ids[named(args!.object)]?.test(id),
      defaultMessage: (args) =>
        `${args!.property} must be the id of ${what} of ${FRAMEWORK_NAMES[named(args!.object)] ?? 'the framework'}`,
    },
  });
}
