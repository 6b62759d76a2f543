import { Args, ArgsType, Context, Field, ID, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { IsBoolean, IsOptional, Length } from 'class-validator';
import { AccessRead } from '#access/reads/reads-recorded.js';
import { PageArgs, pageSize } from './connection.js';
import { NeedsScope } from './needs-scope.js';
import { RequestContext } from './request-context.js';

@ArgsType()
export class AccessReadsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'The case; omitted: what concerns none.' })
  @IsOptional()
  @Length(1, 200)
  caseId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'True: who was denied the case, instead of who read it.' })
  @IsBoolean()
  denials!: boolean;
}

@ObjectType({ description: 'A page of who read what, the newest first.' })
export class AccessReadsPage {
  @Field(() => [AccessRead], { description: 'What was read or denied.' })
  nodes!: AccessRead[];

  @Field(() => String, {
    nullable: true,
    description: 'Give it as `after` for what was before; null: there is no more.',
  })
  cursor!: string | null;
}

const LIST = 'accessReads';

/** Who read what, and was denied what. */
@Resolver()
export class AccessReadsQuery {
  @Query(() => AccessReadsPage, {
    description:
      'Who read a case while it was restricted, or its limited and privileged records, or who was denied the case: for auditors and for those who manage its members, if they may see it. Without a case: denials, bulk reads and followers of events; for auditors. `first` counts the batches that are looked through, of which each holds what was recorded in a moment: a page can be empty and have others behind it.',
  })
  @NeedsScope('AUDIT')
  async accessReads(@Args() args: AccessReadsArgs, @Context() context: RequestContext): Promise<AccessReadsPage> {
    const batches = pageSize(args);
    const { cursors, session } = context;
    const caseId = args.caseId ?? null;
    const list = [caseId, args.denials];
    const after = args.after ?? undefined;
    const place =
      after === undefined
        ? undefined
        : cursors.decode(after, { kind: LIST, args: list, head: await session.head() }).position;
    const { reads, next } = await context.accessReads(caseId, args.denials, batches, place as number | undefined);
    const cursor = next === undefined ? null : cursors.encode({ kind: LIST, sequence: 0, position: next }, list);
    return { nodes: reads, cursor };
  }
}
