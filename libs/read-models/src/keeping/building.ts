import { type Checkpoint, START } from '#event-sourcing/log/event-log.js';
import { type BuildState, type ProjectionFailure } from '../read-models.js';
import { type BuildOptions, type BuildProgress, type Rebuilt } from './store-place.js';

/** A store on its way: how far it is, why it has stopped. */
export class Building {
  failure: ProjectionFailure | null = null;
  /** What it has stopped with. */
  error: unknown;
  /** Ended by hand. */
  isPaused = false;
  private readonly abort = new AbortController();
  private readonly since = performance.now();
  private done = { events: 0, position: START.position, of: 0 };
  private running: Promise<Rebuilt | null> = Promise.resolve(null);

  private constructor(readonly store: string) {}

  /** Begins; `built` is called once the store is whole, unless the build is ended before or fails. */
  static begin(
    store: string,
    build: (options: BuildOptions) => Promise<Rebuilt>,
    built: (rebuilt: Rebuilt) => Promise<void>,
    ended: () => void,
  ): Building {
    const building = new Building(store);
    const { signal } = building.abort;
    const progress = (made: BuildProgress): void => building.take(made);
    building.running = build({ progress, signal }).then(
      async (rebuilt) => {
        if (!signal.aborted) await built(rebuilt);
        return rebuilt;
      },
      (error: unknown) => {
        if (!signal.aborted) building.fail(error);
        ended();
        return null;
      },
    );
    // What follows a build can fail as well: a store that cannot be opened.
    building.running.catch((error: unknown) => {
      building.fail(error);
      ended();
    });
    return building;
  }

  get state(): BuildState {
    const { events, of } = this.done;
    const seconds = (performance.now() - this.since) / 1_000;
    return { events, of, secondsLeft: events > 0 ? Math.ceil((seconds * (of - events)) / events) : null };
  }

  /** The last event that is in it. */
  get place(): Checkpoint {
    return { sequence: this.done.events, position: this.done.position };
  }

  /** Resolves when nothing of it runs any more. */
  async end(): Promise<void> {
    this.isPaused = true;
    this.abort.abort();
    await this.running.catch(() => undefined);
  }

  private take(progress: BuildProgress): void {
    if ('events' in progress) this.done = progress;
  }

  private fail(error: unknown): void {
    this.error = error;
    const message = error instanceof Error ? error.message : String(error);
    this.failure = { eventId: null, sequence: null, code: null, message };
  }
}
