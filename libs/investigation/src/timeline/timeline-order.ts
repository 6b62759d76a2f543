/** What a timeline places: a record, when it occurred, and which records it is said to have come after. */
export interface Placeable {
  id: string;
  /** The order in which they were recorded. */
  key: number;
  /** The bounds of when it occurred; null where open. */
  earliest: string | null;
  latest: string | null;
  /** Whether any time is stated. */
  isDated: boolean;
}

/** How a record came to its place: by its own time; by an order that is known, next to one that has a time; or not at all. */
export type Place = 'DATED' | 'ANCHORED' | 'UNDATED';

export interface Placed<P extends Placeable> {
  entry: P;
  place: Place;
}

/** Sorts before, with or after what stands at a time. */
type Rank = readonly [time: string, side: -1 | 0 | 1, latest: string, key: number];

/**
 * Records by when they occurred: those with a time by its earliest reading; those without one that are known to have come after, or
 * before, such a record right behind, or before, it; and last, apart, all others. What is known of their order holds in any case,
 * also against times; where it goes round in a circle, the earliest is taken first. `before`: pairs of ids, the earlier one first.
 */
export function byOccurrence<P extends Placeable>(
  entries: readonly P[],
  before: readonly (readonly [string, string])[],
): Placed<P>[] {
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const pairs = before.filter(([one, other]) => one !== other && known.has(one) && known.has(other));
  const ranks = new Map(entries.filter(({ isDated }) => isDated).map((entry) => [entry.id, rankOf(entry)]));
  anchor(known, pairs, ranks);
  const placed = entries.filter(({ id }) => ranks.has(id));
  const others = entries.filter(({ id }) => !ranks.has(id));
  const inOrder = (list: readonly P[], rank: (entry: P) => Rank) => sorted(list, pairs, rank);
  return [
    ...inOrder(placed, ({ id }) => ranks.get(id)!).map((entry): Placed<P> => ({
      entry,
      place: entry.isDated ? 'DATED' : 'ANCHORED',
    })),
    ...inOrder(others, ({ key }) => ['', 0, '', key]).map((entry): Placed<P> => ({ entry, place: 'UNDATED' })),
  ];
}

/** One that is open to the past stands by its end; a later end stands later. */
const LAST = '9999';
const rankOf = ({ earliest, latest, key }: Placeable): Rank => [earliest ?? latest ?? '', 0, latest ?? LAST, key];

/** Gives those without a time the place of what they are known to follow or, failing that, to precede, however many steps away. */
function anchor(
  known: ReadonlyMap<string, Placeable>,
  pairs: readonly (readonly [string, string])[],
  ranks: Map<string, Rank>,
): void {
  for (const side of [1, -1] as const) {
    // From the records that have a place to those next to them, until nothing is moved any more.
    let reached = new Set(ranks.keys());
    while (reached.size > 0) {
      const found = new Map<string, Rank>();
      for (const [one, other] of pairs) {
        const [from, to] = side === 1 ? [one, other] : [other, one];
        if (!reached.has(from) || ranks.has(to)) continue;
        const [time, , latest] = ranks.get(from)!;
        const rank: Rank = [time, side, latest, known.get(to)!.key];
        const best = found.get(to);
        if (!best || compare(rank, best) * side > 0) found.set(to, rank);
      }
      for (const [id, rank] of found) ranks.set(id, rank);
      reached = new Set(found.keys());
    }
  }
}

function compare(one: Rank, other: Rank): number {
  const at = one.findIndex((part, n) => part !== other[n]);
  return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
}

/** By rank, but none before those that are known to come before it. */
function sorted<P extends Placeable>(
  list: readonly P[],
  pairs: readonly (readonly [string, string])[],
  rank: (entry: P) => Rank,
): P[] {
  const byRank = [...list].sort((one, other) => compare(rank(one), rank(other)));
  const places = new Map(byRank.map(({ id }, place) => [id, place]));
  const followers = new Map<number, Set<number>>();
  const waitsFor = byRank.map(() => 0);
  for (const [one, other] of pairs) {
    const [from, to] = [places.get(one), places.get(other)];
    if (from === undefined || to === undefined) continue;
    const behind = followers.get(from) ?? new Set();
    if (!behind.has(to)) waitsFor[to]++;
    followers.set(from, behind.add(to));
  }
  if (followers.size === 0) return byRank;
  const order: P[] = [];
  const isTaken = byRank.map(() => false);
  // Places that wait for nothing any more, the greatest first: the end is taken.
  const free = waitsFor.flatMap((count, place) => (count === 0 ? [place] : [])).reverse();
  let first = 0;
  while (order.length < byRank.length) {
    while (isTaken[first]) first++;
    // Where all wait for one another, the first by rank goes.
    const next = free.pop() ?? first;
    if (isTaken[next]) continue;
    isTaken[next] = true;
    order.push(byRank[next]);
    for (const place of followers.get(next) ?? []) if (--waitsFor[place] === 0) insert(free, place);
  }
  return order;
}

/** Into a list of numbers, the greatest first. */
function insert(list: number[], value: number): void {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] > value) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, value);
}
