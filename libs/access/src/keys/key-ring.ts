import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '#event-sourcing/hash.js';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { granteeName } from '../cases/case-access.js';
import { FollowedStream, type PlaceOf } from '../followed-stream.js';
import { type Principal } from '../principal.js';
import { parseKey } from './key-text.js';
import { hasExpired, type Key, KEYS_STREAM, keysAggregate, type KeysState } from './keys.js';

/** Verified keys remembered; all are forgotten when a key changes. */
const MAX_REMEMBERED = 1_000;

/** A principal by one of its keys. */
interface Verified {
  principal: Principal;
  key: Key;
}

/** All keys, folded from the access stream and kept current by following it. */
export class KeyRing {
  private readonly verified = new Map<string, Verified>();
  private readonly uses = new Map<string, number>();
  private followed!: FollowedStream<KeysState>;

  private constructor(private readonly now: () => number) {}

  /** Resolves when every key recorded so far is known. `onFailure` is told if following breaks: keys would go stale. */
  static async open(
    log: EventLogReader,
    registry: EventRegistry,
    onFailure: (error: unknown) => void,
    now: () => number = Date.now,
  ): Promise<KeyRing> {
    const ring = new KeyRing(now);
    const what = { stream: KEYS_STREAM, aggregate: keysAggregate };
    ring.followed = await FollowedStream.open(
      what,
      { log, registry },
      { changed: () => ring.verified.clear(), onFailure },
    );
    return ring;
  }

  get isEmpty(): boolean {
    return this.followed.state.keys.size === 0;
  }

  /** Every key there ever was, in the order they were issued in. */
  get all(): Iterable<Key> {
    return this.followed.state.keys.values();
  }

  /** When each key was last used, in milliseconds since 1970, by its id: since the start, and what `seen` was told. */
  get lastUses(): ReadonlyMap<string, number> {
    return this.uses;
  }

  /** Takes over what was known of a key's last use before the start. */
  seen(keyId: string, at: number): void {
    this.uses.set(keyId, at);
  }

  /** The key that was issued at this revision of the access stream, which the ring has reached. */
  issuedAt(revision: number): Key {
    for (const key of this.all) if (key.issuedAt === revision) return key;
    throw new Error(`No key was issued at revision ${revision}.`);
  }

  /** The principal whose live key this is, as it was shown when it was issued; null if it is nobody's. */
  verify(text: string): Principal | null {
    const found = this.verified.get(text) ?? this.check(text);
    const now = this.now();
    if (!found || hasExpired(found.key, now)) return null;
    this.uses.set(found.key.id, now);
    return found.principal;
  }

  /** Resolves when the ring has folded this revision of the access stream. */
  reached(revision: number): Promise<void> {
    return this.followed.reached(revision);
  }

  /** Finds out from where on principals had their roles, where the log did not tell; true when there is nothing left to find. */
  place(placeOf: PlaceOf): Promise<boolean> {
    return this.followed.place(placeOf);
  }

  close(): Promise<void> {
    return this.followed.close();
  }

  /** From where in the log on the principal is known to have had each of its roles and organisations, by any of its keys. */
  private knownSince({ principal }: Key): Record<string, number> {
    const since: Record<string, number> = {};
    for (const key of this.all) {
      const sequence = key.principal === principal ? this.followed.sequences[key.issuedAt] : null;
      // Keys come in the order they were issued in: the first one counts.
      if (sequence === null) continue;
      for (const role of key.roles) since[`ROLE/${role}`] ??= sequence;
      if (key.organisation !== null) since[granteeName('ORGANISATION', key.organisation)] ??= sequence;
    }
    return since;
  }

  private check(text: string): Verified | undefined {
    const parts = parseKey(text);
    const key = parts && this.followed.state.keys.get(parts.id);
    if (!key || key.revoked) return undefined;
    if (!timingSafeEqual(Buffer.from(key.secretHash, 'hex'), Buffer.from(sha256(parts.secret), 'hex')))
      return undefined;
    const verified = { principal: { ...principalOf(key), since: this.knownSince(key) }, key };
    if (this.verified.size >= MAX_REMEMBERED) this.verified.clear();
    this.verified.set(text, verified);
    return verified;
  }
}

/** Who shows a key. */
export function principalOf({ id: credential, principal: id, label: name, actorKind: kind, ...key }: Key): Principal {
  const { roles, scopes, organisation, onBehalfOf } = key;
  return {
    ...{ id, name, kind, authentication: 'KEY', issuer: null, subject: id, credential, onBehalfOf },
    ...{ roles, groups: [], organisation, scopes },
  };
}
