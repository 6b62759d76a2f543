import { type Revision } from '../event-log.js';

/** Streams whose last known event is remembered: what stands at a revision never changes. */
const REMEMBERED = 20_000;

interface Known {
  revision: Revision;
  hash: string;
}

interface Standing {
  hash: string | null;
  lastRevision: Revision;
}

/** Which event stands at a revision: the newest of each stream as far as this process has seen it, any other by asking. */
export class KnownHashes {
  private readonly last = new Map<string, Known>();

  constructor(
    /** The event at this revision, or the stream's last one if it has not come that far; null without a stream. */
    private readonly ask: (stream: string, revision: Revision) => Promise<Known | null>,
  ) {}

  /** The hash of the event at this revision, asked of the log; null where none stands. */
  async asked(stream: string, revision: Revision): Promise<string | null> {
    const there = await this.ask(stream, revision);
    return there?.revision === revision ? there.hash : null;
  }

  learn(stream: string, revision: Revision, hash: string): void {
    const known = this.last.get(stream);
    if (known && known.revision > revision) return;
    this.last.delete(stream);
    if (this.last.size >= REMEMBERED) this.last.delete(this.last.keys().next().value!);
    this.last.set(stream, { revision, hash });
  }

  /** As `at`, if it is known without asking. */
  known(stream: string, revision: Revision): Standing | undefined {
    const known = this.last.get(stream);
    return known?.revision === revision ? { hash: known.hash, lastRevision: revision } : undefined;
  }

  /** `hash` is null where nothing stands at that revision yet; -1 is the last revision of no stream. */
  async at(stream: string, revision: Revision): Promise<Standing> {
    const given = this.known(stream, revision);
    if (given) return given;
    const known = this.last.get(stream);
    const there = await this.ask(stream, revision);
    if (there?.revision !== revision) return { hash: null, lastRevision: there?.revision ?? -1 };
    this.learn(stream, revision, there.hash);
    return { hash: there.hash, lastRevision: Math.max(revision, known?.revision ?? -1) };
  }
}
