import { WITHHELD } from '#read-models/withhold.js';
import { type FoundRecord } from '../record-kinds.js';

/**
 * Which records are known to have come before which, as their ids, the earlier first: by links that stand, and by answers to
 * what may be seen.
 */
export function knownOrder(records: readonly FoundRecord[]): (readonly [string, string])[] {
  return records.flatMap(({ kind, id, row }): (readonly [string, string])[] => {
    if (row.status === 'RETRACTED') return [];
    if (kind === 'link') {
      const [from, to] = [row.fromRecordId as string, row.toRecordId as string];
      if (row.linkKind === 'OCCURRED_BEFORE') return [[from, to]];
      return row.linkKind === 'OCCURRED_AFTER' ? [[to, from]] : [];
    }
    return idsIn(row.inResponseTo).map((answered) => [answered, id] as const);
  });
}

const idsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== WITHHELD);
