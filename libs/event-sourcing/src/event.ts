import { type Stix } from './stix.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a class of any constructor
export type Class<T = object> = abstract new (...args: any[]) => T;

/** One step from a version's payload, as raw JSON, to the next version's. */
export type Upcaster = (payload: Record<string, unknown>) => Record<string, unknown>;

export interface StoredEventInfo {
  /** The stored name: never derived from the class, never changed. */
  type: string;
  version: number;
  /** By the version it starts from; one for each version below the current one. */
  upcasters: Readonly<Record<number, Upcaster>>;
  /** One sentence saying what happened, for people. */
  summary: (event: never) => string;
  /** What it comes to in STIX 2.1: named for every event of the software, which `npm run generate` holds to. */
  stix?: Stix;
}

const stored = new WeakMap<object, StoredEventInfo>();

export interface StoredEventOptions<E> {
  version: number;
  upcasters?: Record<number, Upcaster>;
  /** One sentence saying what happened, for people. */
  summary: (event: E) => string;
  /**
   * What the event comes to in STIX 2.1, beside it in `docs/events.md`: `'observed-data'`, `'incident: determination confirmed'`,
   * or `'none: why'`. Every event names it; `npm run generate` says which do not.
   */
  stix?: Stix;
}

/** Marks a class as an event of the log, under its stored name and schema version. */
export function StoredEvent<E = never>(
  type: string,
  options: StoredEventOptions<E>,
): (target: Class<E & object>) => void {
  return (target) => {
    const { version, upcasters = {}, summary, stix } = options;
    stored.set(target, { type, version, upcasters, summary, stix });
  };
}

/** What `@StoredEvent` says of a class. */
export function storedEventOf(eventClass: Class): StoredEventInfo {
  const info = stored.get(eventClass);
  if (!info) throw new Error(`${eventClass.name} is not marked with @StoredEvent.`);
  return info;
}

/** An event as a decision gives it: its payload holds facts only. */
export interface DecidedEvent {
  type: string;
  version: number;
  payload: Record<string, unknown>;
}

/** An event of a class, for a decision to return. Members that are null or undefined are left out of the payload. */
export function event<E extends object>(eventClass: Class<E>, payload: E): DecidedEvent {
  const { type, version } = storedEventOf(eventClass);
  return { type, version, payload: withoutNulls(payload) as Record<string, unknown> };
}

/** A plain deep copy without null and undefined members: what a stored payload looks like when it is read back. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== null && member !== undefined) copy[key] = withoutNulls(member);
  }
  return copy;
}

/** A handler of one event type; evolutions and projections are lists of these. */
export interface EventHandler<F> {
  type: string;
  handle: F;
}

/** Handlers by stored type. Throws where a type is handled twice. */
export function handlersByType<F>(handlers: readonly EventHandler<F>[]): ReadonlyMap<string, F> {
  const byType = new Map<string, F>();
  for (const { type, handle } of handlers) {
    if (byType.has(type)) throw new Error(`${type} is handled twice in one list.`);
    byType.set(type, handle);
  }
  return byType;
}
