import { timingSafeEqual } from 'node:crypto';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { sha256 } from '#event-sourcing/hash.js';
import { type Checkpoint, type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type Principal } from '../principal.js';
import { parseBearer } from './bearer.js';
import { type Key, type KeysState, KEYS_STREAM, keysAggregate } from './keys.js';

/** How many verified headers are remembered, so that a busy client is hashed once. */
const MAX_REMEMBERED = 10_000;

/** The live keys, folded from the access stream and kept current by following it. */
export class KeyRing {
  private readonly state: KeysState = keysAggregate.initial();
  private readonly verified = new Map<string, { principal: Principal; key: Key }>();
  private readonly abort = new AbortController();
  private readonly waiting = new Set<{ revision: number; resolve: () => void }>();
  private revision = -1;
  private running: Promise<void> = Promise.resolve();

  private constructor(
    private readonly log: EventLogReader,
    private readonly registry: EventRegistry,
    private readonly now: () => number,
  ) {}

  /** Resolves when every key recorded so far is known. `onFailure` is told if following breaks: keys would go stale. */
  static async open(
    log: EventLogReader,
    registry: EventRegistry,
    onFailure: (error: unknown) => void,
    now: () => number = Date.now,
  ): Promise<KeyRing> {
    const ring = new KeyRing(log, registry, now);
    const head = await log.head();
    for await (const page of log.readStream(KEYS_STREAM)) for (const stored of page) ring.apply(stored);
    ring.running = ring.follow(head).catch((error: unknown) => onFailure(error));
    return ring;
  }

  get isEmpty(): boolean {
    return this.state.keys.size === 0;
  }

  /** The key that was issued at this revision of the access stream, which the ring has reached. */
  issuedAt(revision: number): Key {
    for (const key of this.state.keys.values()) if (key.issuedAt === revision) return key;
    throw new Error(`No key was issued at revision ${revision}.`);
  }

  /** The principal whose live key the Authorization header carries, or null. */
  verify(header: string | undefined): Principal | null {
    const remembered = header === undefined ? undefined : this.verified.get(header);
    if (remembered) return this.hasExpired(remembered.key) ? null : remembered.principal;
    const parts = parseBearer(header);
    const key = parts && this.state.keys.get(parts.id);
    if (!key || key.revoked || this.hasExpired(key)) return null;
    if (!timingSafeEqual(Buffer.from(key.secretHash, 'hex'), Buffer.from(sha256(parts.secret), 'hex'))) return null;
    const principal = principalOf(key);
    if (this.verified.size >= MAX_REMEMBERED) this.verified.clear();
    this.verified.set(header!, { principal, key });
    return principal;
  }

  private hasExpired({ expiresAt }: Key): boolean {
    return expiresAt !== null && Date.parse(expiresAt) <= this.now();
  }

  /** Resolves when the ring has folded this revision of the access stream. */
  async reached(revision: number): Promise<void> {
    if (revision <= this.revision) return;
    await new Promise<void>((resolve) => this.waiting.add({ revision, resolve }));
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async follow(after: Checkpoint): Promise<void> {
    const filter = { streamPrefixes: [KEYS_STREAM] };
    for await (const page of this.log.follow({ after, filter, signal: this.abort.signal })) {
      if ('caughtUp' in page) continue;
      for (const stored of page) this.apply(stored);
      this.verified.clear();
      for (const waiter of this.waiting) {
        if (waiter.revision > this.revision) continue;
        this.waiting.delete(waiter);
        waiter.resolve();
      }
    }
  }

  private apply({ type, schemaVersion, payload, id, revision }: StoredEvent): void {
    if (revision <= this.revision) return;
    const event = this.registry.decode(type, schemaVersion, payload);
    // Keys need neither actor nor time of their events.
    keysAggregate.evolutions.get(type)?.(this.state, event as never, { id, revision, actorId: '', recordedAt: '' });
    this.revision = revision;
  }
}

function principalOf({ id: credential, principal: id, label: name, actorKind: kind, ...key }: Key): Principal {
  const { roles, scopes, organisation, onBehalfOf } = key;
  return {
    ...{ id, name, kind, authentication: 'KEY', issuer: null, subject: id, credential, onBehalfOf },
    ...{ roles, groups: [], organisation, scopes },
  };
}
