import { type Frozen } from '#event-sourcing/slice.js';
import { type FuzzyTimeReading, parseFuzzyTime } from '../values/fuzzy-time.js';
import { type TermsState } from './terms-state.js';
import { type TermsVersionFacts } from './version-fields.js';

type Version = Frozen<TermsVersionFacts>;

/**
 * The versions that may have been in force at a time, by the widest reading of all times: at one that is not stated, any. A
 * version whose end is not stated is in force until one that begins later is.
 */
export function versionsInForce({ versions }: Frozen<TermsState>, time: string): Version[] {
  const asked = parseFuzzyTime(time);
  return [...versions.values()].filter((version) => overlap(asked, span(version, [...versions.values()])));
}

type Span = Pick<FuzzyTimeReading, 'earliest' | 'latest'>;

function span({ effectiveFrom, effectiveUntil }: Version, all: readonly Version[]): Span {
  const begins = parseFuzzyTime(effectiveFrom);
  const { stated, latest } = parseFuzzyTime(effectiveUntil);
  if (stated !== 'NOT_STATED') return { earliest: begins.earliest, latest };
  // Without a beginning of its own it cannot be told which of the others came later.
  if (begins.latest === null) return { earliest: begins.earliest, latest: null };
  const laterBegin = all
    .map((other) => parseFuzzyTime(other.effectiveFrom))
    .filter(({ earliest }) => earliest !== null && earliest > begins.latest!)
    .map(({ latest: end }) => end)
    .reduce<string | null | undefined>((first, end) => earlier(first, end), undefined);
  return { earliest: begins.earliest, latest: laterBegin ?? null };
}

/** The earlier of two ends, of which null never comes; undefined: none yet. */
function earlier(one: string | null | undefined, other: string | null): string | null {
  if (one === undefined || one === null) return other;
  return other === null || one < other ? one : other;
}

/** Both are inclusive; null reaches without limit. */
const overlap = (one: Span, other: Span): boolean =>
  (one.earliest === null || other.latest === null || one.earliest <= other.latest) &&
  (other.earliest === null || one.latest === null || other.earliest <= one.latest);
