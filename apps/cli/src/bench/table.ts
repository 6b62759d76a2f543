import { type Result } from './benchmark.js';

const HEAD = ['name', 'value', 'unit', 'ceiling', 'ratio', 'p50 ms', 'p99 ms', '', 'aim'];

/** The results as text for a terminal, with notes below. */
export function table(results: readonly Result[]): string {
  const rows = [HEAD, ...results.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => align(cell, widths[column], column))
      .join('  ')
      .trimEnd(),
  );
  const notes = results.filter(({ note }) => note).map(({ name, note }) => `${name}: ${note}`);
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

const cells = ({ name, value, unit, ceiling, ratio, p50, p99, pass, target }: Result): string[] => [
  name,
  figure(value),
  unit,
  figure(ceiling),
  ratio === null ? '' : ratio.toFixed(2),
  figure(p50),
  figure(p99),
  pass ? 'ok' : 'MISSED',
  target,
];

/** Numbers are set to the right. */
const align = (cell: string, width: number, column: number): string =>
  [1, 3, 4, 5, 6].includes(column) ? cell.padStart(width) : cell.padEnd(width);

/** Three digits that matter, no more. */
export function figure(value: number | null): string {
  if (value === null) return '';
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);
}
