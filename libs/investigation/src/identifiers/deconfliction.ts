import { uuidOf } from '#event-sourcing/hash.js';
import { type KeyedHash } from '#event-sourcing/slice.js';

/**
 * The id of the request that two cases with the same identifier lead to: the same for both of their leads, and always. Hashed by
 * the installation's secret: whoever knows one of the cases cannot find out by trying which the other is.
 */
export function deconflictionId(keyedHash: KeyedHash, caseId: string, otherCaseId: string): string {
  const [first, second] = [caseId, otherCaseId].sort();
  return uuidOf(keyedHash(`deconfliction ${first} ${second}`));
}
