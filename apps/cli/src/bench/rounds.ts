import { ROUNDS, type Result, type Round } from './benchmark.js';

/** What one side of a round measured. Latencies in milliseconds. */
export interface Side {
  value: number;
  p50?: number;
  p99?: number;
}

/** The middle of the values; of an even number of them the lower one. */
export function median(values: readonly number[]): number {
  return percentile([...values].sort(ascending), 50);
}

/** The value that `percent` of the sorted values do not exceed. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? NaN;
}

/** p50 and p99 of samples in milliseconds. */
export function latencies(samples: readonly number[]): { p50: number; p99: number } {
  const sorted = [...samples].sort(ascending);
  return { p50: percentile(sorted, 50), p99: percentile(sorted, 99) };
}

const ascending = (a: number, b: number): number => a - b;

/** Runs product and ceiling in turns, so that what else the machine does meets both alike. */
export async function inTurns<P extends Side, C extends Side>(
  product: (round: number) => Promise<P>,
  ceiling: (round: number) => Promise<C>,
): Promise<{ product: P[]; ceiling: C[] }> {
  const measured: { product: P[]; ceiling: C[] } = { product: [], ceiling: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const productFirst = round % 2 === 0;
    if (productFirst) measured.product.push(await product(round));
    measured.ceiling.push(await ceiling(round));
    if (!productFirst) measured.product.push(await product(round));
  }
  return measured;
}

/** The medians of the rounds, and whether they reach the aim. */
export function resultOf(
  about: { name: string; unit: string; target: string; note?: string },
  sides: { product: readonly Side[]; ceiling: readonly Side[] | null },
  reaches: (measured: { value: number; ceiling: number | null; ratio: number | null; p50: number | null }) => boolean,
): Result {
  const { product, ceiling: ceilings } = sides;
  const rounds: Round[] = product.map(({ value }, round) => ({ value, ceiling: ceilings?.[round]?.value ?? null }));
  const value = median(product.map((side) => side.value));
  const ceiling = ceilings && median(ceilings.map((side) => side.value));
  const ratio = ceiling === null ? null : value / ceiling;
  const p50 = medianOf(product.map((side) => side.p50));
  const p99 = medianOf(product.map((side) => side.p99));
  const { name, unit, target, note } = about;
  const pass = reaches({ value, ceiling, ratio, p50 });
  return { name, value, unit, ceiling, ratio, target, pass, p50, p99, rounds, ...(note && { note }) };
}

function medianOf(values: readonly (number | undefined)[]): number | null {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? null : median(given);
}
