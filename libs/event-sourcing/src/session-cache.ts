import { type CommandLog } from './log/event-log.js';
import { type EventRegistry } from './registry.js';
import { type Aggregate } from './slice.js';
import { StreamSession } from './stream-session.js';

/** Recently used streams, folded; bounded in (estimated) bytes, least recently used first out. One is always kept. */
export class SessionCache {
  private readonly sessions = new Map<string, StreamSession<unknown>>();
  private readonly loading = new Map<string, Promise<StreamSession<unknown>>>();
  private bytes = 0;

  constructor(
    private readonly log: CommandLog,
    private readonly registry: EventRegistry,
    private readonly maxBytes: number,
  ) {}

  /** The stream's live session if it is in memory; none while some wait for it to be loaded: nobody comes before them. */
  peek<S>(stream: string): StreamSession<S> | undefined {
    if (this.loading.has(stream)) return undefined;
    const session = this.sessions.get(stream) as StreamSession<S> | undefined;
    if (!session || session.dead) return undefined;
    this.sessions.delete(stream);
    this.sessions.set(stream, session as StreamSession<unknown>);
    return session;
  }

  /** True while somebody loads the stream: whoever asks later shares that, though it may be read already. */
  isLoading(stream: string): boolean {
    return this.loading.has(stream);
  }

  /** The stream's live session, loaded if need be; callers at the same time share one, and have it in the order in which they asked. */
  get<S>(stream: string, aggregate: Aggregate<S>): Promise<StreamSession<S>> {
    const present = this.peek<S>(stream);
    if (present) return Promise.resolve(present);
    const shared = this.loading.get(stream) as Promise<StreamSession<S>> | undefined;
    if (shared) return shared;
    const loading = this.load(stream, aggregate);
    this.loading.set(stream, loading as Promise<StreamSession<unknown>>);
    // The first to hear of its end, and straight before those who wait for the same promise: between them nobody can ask.
    const over = () => this.loading.delete(stream);
    loading.then(over, over);
    return loading;
  }

  /** Forgets the stream: the next command folds it anew. */
  drop(session: StreamSession<unknown>): void {
    if (this.sessions.get(session.stream) !== session) return;
    session.dead = true;
    this.remove(session);
  }

  /** Counts what a session has grown by since it had `before` bytes, and makes room. */
  grown(session: StreamSession<unknown>, before: number): void {
    if (this.sessions.get(session.stream) !== session) return;
    this.bytes += session.bytes - before;
    this.evict();
  }

  private async load<S>(stream: string, aggregate: Aggregate<S>): Promise<StreamSession<S>> {
    const dead = this.sessions.get(stream);
    if (dead) {
      // Its appends still under way must end first: what they store would be missing in the new state.
      await dead.settled();
      this.remove(dead);
    }
    const session = await StreamSession.load(stream, aggregate, this.log, this.registry);
    this.sessions.set(stream, session as StreamSession<unknown>);
    this.grown(session as StreamSession<unknown>, 0);
    return session;
  }

  private evict(): void {
    if (this.bytes <= this.maxBytes) return;
    // The newest stays, however large: each command on it would fold it anew, and those at once would conflict.
    let others = this.sessions.size - 1;
    for (const session of this.sessions.values()) {
      if (this.bytes <= this.maxBytes || others-- === 0) return;
      if (session.idle) this.remove(session);
    }
  }

  private remove(session: StreamSession<unknown>): void {
    if (this.sessions.get(session.stream) !== session) return;
    this.sessions.delete(session.stream);
    this.bytes -= session.bytes;
  }
}
