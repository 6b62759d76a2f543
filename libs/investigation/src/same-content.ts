import { canonicalJson } from '#event-sourcing/canonical.js';
import { withoutNulls } from '#event-sourcing/event.js';

/** A value's content as one text: equal texts mean equal content, whatever the order of members; null counts as absent. */
export const contentOf = (value: object): string => canonicalJson(withoutNulls(value));

/** True if every change that is given (neither null nor undefined) is what stands there already. */
export function changesNothing(current: object, changes: object): boolean {
  const present = current as Record<string, unknown>;
  return Object.entries(changes).every(
    ([field, value]) =>
      value === null ||
      value === undefined ||
      contentOf({ value: value as unknown }) === contentOf({ value: present[field] }),
  );
}
