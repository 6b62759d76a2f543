import { Args, ArgsType, Context, Field, ID, Info, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, Length, ValidateNested } from 'class-validator';
import { type GraphQLResolveInfo } from 'graphql';
import { AsOfInput } from '#api/as-of.js';
import { DEFAULT_PER_PAGE, MOST_PER_PAGE, pageSize } from '#api/connection.js';
import { feedCursor, positionOf, startOf } from '#api/following/feed-place.js';
import { type RequestContext } from '#api/request-context.js';
import { storedEventOf } from '#event-sourcing/event.js';
import { TermsRecorded } from './terms-recorded.js';
import { readTerms } from './read-terms.js';
import { Terms } from './terms.js';

@ArgsType()
export class TermsArgs {
  @Field(() => ID, { description: 'The id of the terms.' })
  @Length(1, 200)
  id!: string;

  @Field(() => AsOfInput, { nullable: true, description: 'The moment to read at; omitted: now.' })
  @IsOptional()
  @ValidateNested()
  asOf?: AsOfInput | null;
}

@ArgsType()
export class AllTermsArgs {
  @Field(() => String, { nullable: true, description: 'The cursor of the page before; omitted for the first page.' })
  @IsOptional()
  @Length(1, 1000)
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PER_PAGE,
    description: `How many to answer: 1 to ${MOST_PER_PAGE}.`,
  })
  @IsOptional()
  first?: number | null;

  @Field(() => AsOfInput, { nullable: true, description: 'The moment to read at; omitted: now.' })
  @IsOptional()
  @ValidateNested()
  asOf?: AsOfInput | null;
}

@ObjectType({ description: 'A page of documents of terms, in the order in which they were first recorded.' })
export class TermsPage {
  @Field(() => [Terms], { description: 'The documents.' })
  nodes!: Terms[];

  @Field(() => String, { description: 'Where to go on: give it as `after`.' })
  cursor!: string;

  @Field(() => Boolean, { description: 'Whether there are more.' })
  hasNextPage!: boolean;
}

const RECORDED = storedEventOf(TermsRecorded).type;

/** Documents of terms, folded from their streams: few, small and rarely asked for, they have no read model of their own. */
@Resolver(() => Terms)
export class TermsQueries {
  @Query(() => Terms, { nullable: true, description: 'A document of terms; null if there is none that you may see.' })
  async terms(
    @Args() { id, asOf }: TermsArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Terms | null> {
    const at = await context.at(String(info.path.key), asOf);
    return context.policy.readsTerms(context.principal) ? readTerms(context.session, id, at) : null;
  }

  @Query(() => TermsPage, { description: 'The documents of terms that you may see, first recorded first.' })
  async allTerms(
    @Args() args: AllTermsArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TermsPage> {
    const { cursors, session } = context;
    const first = pageSize(args);
    const at = await context.at(String(info.path.key), args.asOf);
    const start = await startOf(args, cursors, session);
    // Under the reader's filter, which hides all terms from whom they are not for.
    const page = await session.events({ after: start.sequence, first, types: [RECORDED] });
    const found = page.rows.filter(({ envelope }) => envelope.sequence <= at.sequence);
    const nodes: Terms[] = [];
    for (const { payload } of found) nodes.push((await readTerms(session, String(payload.termsId), at))!);
    const last = found.at(-1)?.envelope;
    const cursor = feedCursor(cursors, last ? positionOf(last) : start);
    return { nodes, cursor, hasNextPage: page.hasNext && found.length === page.rows.length };
  }
}
