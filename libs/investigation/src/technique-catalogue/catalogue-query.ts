import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { catalogueAggregate, catalogueId, cataloguesOf } from './catalogue.js';
import { compareVersions, FRAMEWORK_VERSION, TechniqueFramework } from './framework.js';
import { CatalogueEntry } from './techniques-loaded.js';

@ArgsType()
export class CataloguesArgs {
  @Field(() => TechniqueFramework, { description: 'Whose terms.' })
  @IsIn(Object.values(TechniqueFramework))
  framework!: TechniqueFramework;

  @Field(() => String, { nullable: true, description: 'Only this version; omitted: every version that is known.' })
  @IsOptional()
  @Matches(FRAMEWORK_VERSION, { message: 'version must be numbers parted by full stops, such as "5.6"' })
  version?: string | null;
}

@ObjectType({ description: 'What is known here of a version of a framework.' })
export class TechniqueCatalogue {
  @Field(() => TechniqueFramework, { description: 'Whose terms they are.' })
  framework!: TechniqueFramework;

  @Field(() => String, { description: 'The version, as the framework numbers it.' })
  version!: string;

  @Field(() => [CatalogueEntry], { description: 'Its techniques, tactics and mitigations, by their ids.' })
  entries!: CatalogueEntry[];
}

/** Which techniques cases can name by id alone. */
@Resolver()
export class CatalogueQuery {
  constructor(@Inject(CommandHandler) private readonly commands: CommandHandler) {}

  @Query(() => [TechniqueCatalogue], {
    description: 'The techniques, tactics and mitigations known here, built in and loaded, the newest version first.',
  })
  async techniqueCatalogues(@Args() { framework, version }: CataloguesArgs): Promise<TechniqueCatalogue[]> {
    const loaded = await this.commands.stateOf(catalogueAggregate, catalogueId(framework));
    // What was loaded of a version that is built in too is one catalogue with that.
    const catalogues = new Map<string, Map<string, string>>();
    for (const [one, names] of cataloguesOf(framework, loaded ?? undefined).reverse()) {
      if (version && compareVersions(one, version) !== 0) continue;
      const same = [...catalogues.keys()].find((other) => compareVersions(other, one) === 0) ?? one;
      catalogues.set(same, new Map([...(catalogues.get(same) ?? []), ...names]));
    }
    return [...catalogues].reverse().map(([one, names]) => ({
      framework,
      version: one,
      entries: [...names].map(([mitreId, label]) => ({ mitreId, label })).sort(byId),
    }));
  }
}

const byId = (a: CatalogueEntry, b: CatalogueEntry): number => (a.mitreId < b.mitreId ? -1 : 1);
