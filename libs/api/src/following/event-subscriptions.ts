import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import { refuse } from '#event-sourcing/refusal.js';
import { type RequestContext } from '../request-context.js';
import { EventIterator } from './event-iterator.js';
import { feedCursor, filterOf, startOf } from './feed-place.js';
import { CaseEventsArgs, FollowArgs } from './follow-args.js';
import { FollowedEvent, followedEvent } from './followed-event.js';

const resolve = (told: FollowedEvent): FollowedEvent => told;

/** The feed of events, pushed: over WebSocket. */
@Resolver()
export class EventSubscriptions {
  @Subscription(() => FollowedEvent, {
    resolve,
    description: 'The events that you may see, in log order, from any point on and without end.',
  })
  async events(@Args() args: FollowArgs, @Context() context: RequestContext): Promise<EventIterator<FollowedEvent>> {
    const { cursors, session } = context;
    const { sequence: after } = await startOf(args, cursors, session);
    const subscriber = context.follow({ transport: 'websocket', after, ...filterOf(args) });
    return new EventIterator(subscriber, (told) => {
      context.told(told.event);
      return followedEvent(told, feedCursor(cursors, told));
    });
  }

  @Subscription(() => FollowedEvent, {
    resolve,
    description:
      'The events of one case, as `events` tells them of several. Refuses with NOT_FOUND a case you may not see.',
  })
  async caseEvents(
    @Args() { caseId, after }: CaseEventsArgs,
    @Context() context: RequestContext,
  ): Promise<EventIterator<FollowedEvent>> {
    if (!(await context.session.sees(caseId))) {
      context.missed('caseEvents', caseId, async (session) => ((await session.sees(caseId)) ? caseId : null));
      refuse('NOT_FOUND', `There is no case ${caseId} that you may see.`);
    }
    return this.events({ after, cases: [caseId] }, context);
  }
}
