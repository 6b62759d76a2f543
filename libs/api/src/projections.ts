import {
  Context,
  Field,
  Float,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { type ProjectionStatus, type ReadModels } from '#read-models/read-models.js';
import { NeedsScope } from './needs-scope.js';
import { type RequestContext } from './request-context.js';
import { Instant, Sequence } from './scalars.js';

export const ProjectionState = {
  BUILDING: 'BUILDING',
  LIVE: 'LIVE',
  PAUSED: 'PAUSED',
  FAILED: 'FAILED',
  KEPT: 'KEPT',
} as const;
export type ProjectionState = keyof typeof ProjectionState;
registerEnumType(ProjectionState, {
  name: 'ProjectionState',
  description: 'What becomes of a read store.',
  valuesMap: {
    BUILDING: { description: 'It is built from the log, or has not reached where the log stood when it was opened.' },
    LIVE: { description: 'It follows the log.' },
    PAUSED: { description: 'It stands still: by hand, or before an event that only newer software knows.' },
    FAILED: { description: 'It stands still before an event that it cannot apply, or for want of its disk.' },
    KEPT: { description: 'Nobody writes it any more: it is there to go back to.' },
  },
});

@ObjectType({ description: 'How far a read store is that is rebuilt from the log.' })
export class ProjectionBuild {
  @Field(() => Sequence, { description: 'The last event that has been folded; the indexes come last.' })
  events!: number;

  @Field(() => Sequence, { description: 'The last event that it holds.' })
  of!: number;

  @Field(() => Int, { nullable: true, description: 'Seconds until it is done, about; null if nobody can tell yet.' })
  secondsLeft!: number | null;
}

@ObjectType({ description: 'Why a read store stands still.' })
export class ProjectionProblem {
  @Field(() => ID, { nullable: true, description: "The event it stands before; null if it was no event's doing." })
  eventId!: string | null;

  @Field(() => Sequence, { nullable: true, description: "That event's place in the log." })
  sequence!: number | null;

  @Field(() => String, { nullable: true, description: 'NEWER_SOFTWARE_NEEDED, or null for anything else.' })
  code!: string | null;

  @Field(() => String, { description: 'What happened, and what to do.' })
  message!: string;
}

@ObjectType({ description: 'A read store: the read models of one version, built from the log.' })
export class Projection {
  @Field(() => ID, { description: 'The name of its file in DATA_DIR.' })
  store!: string;

  @Field(() => Int, { description: 'The version of the read models that it holds.' })
  version!: number;

  @Field(() => Boolean, { description: 'Whether queries are answered from it.' })
  serving!: boolean;

  @Field(() => ProjectionState, { description: 'What becomes of it.' })
  state!: ProjectionState;

  @Field(() => Sequence, { description: 'The last event that it holds.' })
  sequence!: number;

  @Field(() => Sequence, { description: 'How many events of the log it does not hold yet.' })
  lagEvents!: number;

  @Field(() => Float, { description: 'How long the first of them has been waiting, in seconds.' })
  lagSeconds!: number;

  @Field(() => Instant, { nullable: true, description: 'Since when it has not followed the log; null while it does.' })
  behindSince!: string | null;

  @Field(() => ProjectionProblem, { nullable: true, description: 'Why it stands still; null if nothing is wrong.' })
  failure!: ProjectionProblem | null;

  @Field(() => ProjectionBuild, { nullable: true, description: 'How far it is, while it is rebuilt; else null.' })
  build!: ProjectionBuild | null;
}

/** The state of the read stores, and what administrators can do about them. */
@Resolver()
export class Projections {
  @Query(() => [Projection], {
    description: 'The read stores, the one that is followed or built first. For administrators.',
  })
  @NeedsScope('OPERATIONS')
  projections(@Context() context: RequestContext): Promise<Projection[]> {
    return told(administered(context, 'projections'));
  }

  @Mutation(() => [Projection], {
    description: 'Lets the read models go on from where a failure stopped them. For administrators.',
  })
  @NeedsScope('OPERATIONS')
  retryProjection(@Context() context: RequestContext): Promise<Projection[]> {
    return after(context, 'retryProjection', (readModels) => readModels.retry());
  }

  @Mutation(() => [Projection], {
    description: 'Lets the read models stand still; what is recorded meanwhile is durable. For administrators.',
  })
  @NeedsScope('OPERATIONS')
  pauseProjection(@Context() context: RequestContext): Promise<Projection[]> {
    return after(context, 'pauseProjection', (readModels) => readModels.pause());
  }

  @Mutation(() => [Projection], {
    description: 'Lets the read models go on after a pause; far behind the log, they are rebuilt. For administrators.',
  })
  @NeedsScope('OPERATIONS')
  resumeProjection(@Context() context: RequestContext): Promise<Projection[]> {
    return after(context, 'resumeProjection', (readModels) => readModels.resume());
  }

  @Mutation(() => [Projection], {
    description:
      'Serves the read store of this software, after a roll-back or before it has caught up. Refused with NO_OTHER_STORE where it is served already or still being built. For administrators.',
  })
  @NeedsScope('OPERATIONS')
  switchProjection(@Context() context: RequestContext): Promise<Projection[]> {
    return after(context, 'switchProjection', (readModels) => readModels.switchOver());
  }

  @Mutation(() => [Projection], {
    description:
      'Serves the read store that was served before, as it stood when it was left, until `switchProjection`; over restarts too. Refused with NO_OTHER_STORE where there is none. For administrators.',
  })
  @NeedsScope('OPERATIONS')
  rollbackProjection(@Context() context: RequestContext): Promise<Projection[]> {
    return after(context, 'rollbackProjection', (readModels) => readModels.rollBack());
  }
}

/** Refuses with FORBIDDEN everybody but administrators. */
function administered({ principal, policy, readModels }: RequestContext, what: string): ReadModels {
  policy.requireAdministrator(principal, what);
  return readModels;
}

async function after(
  context: RequestContext,
  what: string,
  act: (readModels: ReadModels) => void | Promise<void>,
): Promise<Projection[]> {
  const readModels = administered(context, what);
  await act(readModels);
  return told(readModels);
}

async function told(readModels: ReadModels): Promise<Projection[]> {
  return (await readModels.projections()).map(({ position: _, lag, state, ...rest }: ProjectionStatus) => ({
    ...rest,
    state: state.toUpperCase() as ProjectionState,
    lagEvents: lag.events,
    lagSeconds: lag.seconds,
  }));
}
