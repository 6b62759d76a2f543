/** Stands where a field names exactly one record and the reader may not see that one: the nil UUID (RFC 9562). */
export const WITHHELD = '00000000-0000-0000-0000-000000000000';

/**
 * Chains, in which each has its place: what comes by way of one that may not be seen does not come straight from the one
 * before it, and whoever counts independent sources must not count it so.
 */
const CHAINS: ReadonlySet<string> = new Set(['via']);

/**
 * A value as a reader may see it to whom these records do not show: their ids are left out of lists; where a field names
 * one record, and in the chain of a source, {@link WITHHELD} stands in its place. Words that people wrote are left as they are.
 */
export function withhold<T>(value: T, hidden: readonly string[] | null): T {
  return hidden === null || hidden.length === 0 ? value : (without(value, new Set(hidden)) as T);
}

function without(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return hidden.has(value) ? WITHHELD : value;
  if (Array.isArray(value)) {
    return value.filter((item) => !hidden.has(item as string)).map((item) => without(item, hidden));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isChain = CHAINS.has(name) && Array.isArray(member);
      return [name, isChain ? member.map((item) => without(item, hidden)) : without(member, hidden)];
    }),
  );
}
