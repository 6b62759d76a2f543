import { type Aggregate } from '#event-sourcing/slice.js';
import { LoadedContext } from '#event-sourcing/stream-session.js';
import { type StreamEvent } from '#read-models/read-session.js';

/** A stream's state after these events of it; `each` hears of every event once it is folded. */
export async function folded<S>(
  aggregate: Aggregate<S>,
  pages: AsyncIterable<readonly StreamEvent[]>,
  each: (event: StreamEvent, state: S) => void,
): Promise<S> {
  const state = aggregate.initial();
  for await (const page of pages) {
    for (const event of page) {
      const { stored, payload } = event;
      aggregate.evolutions.get(stored.type)?.(state, payload as never, new LoadedContext(stored));
      each(event, state);
    }
  }
  return state;
}
