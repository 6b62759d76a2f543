/** Stands where a field names exactly one record and the reader may not see that one: the nil UUID (RFC 9562). */
export const WITHHELD = '00000000-0000-0000-0000-000000000000';

/**
 * A value as a reader may see it to whom these records do not show: their ids are left out of lists; where a field names
 * one record, {@link WITHHELD} stands in its place. Words that people wrote are left as they are.
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
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, without(member, hidden)]));
}
