/** A table's columns as a batch carries them: numbers, then texts; both may be null. */
export interface Layout {
  table: string;
  numbers: readonly string[];
  texts: readonly string[];
}

/** Rows of one table as they travel between threads: cloning them costs next to nothing. */
export interface PackedRows {
  /** Row after row; null is NaN. */
  numbers: Float64Array;
  /** All texts, row after row. */
  text: string;
  /** Of each text, in UTF-16 units; null is -1. */
  lengths: Int32Array;
  /** `[valid_to, v]` of versions that an earlier batch has brought. */
  closed: Float64Array;
}

export type Cell = number | string | null;

/** The column of a versioned table that a later version still changes; the first is `v`. */
const VALID_TO = 1;

/** Rows of one table that wait to be written. */
export class RowBatch {
  rows = 0;
  private numbers = new Float64Array(1_024);
  private readonly texts: (string | null)[] = [];
  private readonly closed: number[] = [];

  constructor(private readonly layout: Layout) {}

  /** Takes a row's cells in the layout's order; returns its place in this batch. */
  add(numbers: readonly (number | null)[], texts: readonly (string | null)[]): number {
    let at = this.rows * this.layout.numbers.length;
    if (at + numbers.length > this.numbers.length) this.grow();
    for (const number of numbers) this.numbers[at++] = number ?? NaN;
    for (const text of texts) this.texts.push(text);
    return this.rows++;
  }

  number(row: number, column: number): number {
    return this.numbers[row * this.layout.numbers.length + column];
  }

  text(row: number, column: number): string | null {
    return this.texts[row * this.layout.texts.length + column];
  }

  /** Ends a version of this batch, which is still to be written. */
  end(row: number, validTo: number): void {
    this.numbers[row * this.layout.numbers.length + VALID_TO] = validTo;
  }

  /** Ends a version that an earlier batch has brought. */
  close(v: number, validTo: number): void {
    this.closed.push(validTo, v);
  }

  pack(): PackedRows {
    return {
      numbers: this.numbers.slice(0, this.rows * this.layout.numbers.length),
      text: this.texts.join(''),
      lengths: Int32Array.from(this.texts, (text) => text?.length ?? -1),
      closed: Float64Array.from(this.closed),
    };
  }

  private grow(): void {
    const { numbers } = this;
    this.numbers = new Float64Array(numbers.length * 2);
    this.numbers.set(numbers);
  }
}

/** The rows' cells in the layout's order, `rows` rows at a time; the last list may be shorter. */
export function* unpack(layout: Layout, packed: PackedRows, rows: number): Generator<Cell[], void, void> {
  const { numbers, text, lengths } = packed;
  const [n, t] = [layout.numbers.length, layout.texts.length];
  const count = numbers.length / n;
  let at = 0;
  let cells: Cell[] = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < n; column++) {
      const number = numbers[row * n + column];
      cells.push(Number.isNaN(number) ? null : number);
    }
    for (let column = 0; column < t; column++) {
      const length = lengths[row * t + column];
      cells.push(length < 0 ? null : text.slice(at, (at += length)));
    }
    if ((row + 1) % rows === 0) {
      yield cells;
      cells = [];
    }
  }
  if (cells.length > 0) yield cells;
}

/** The rows' cells column by column; null is NaN among numbers. */
export function columnsOf(
  { numbers: { length: n }, texts: { length: t } }: Layout,
  { numbers, text, lengths }: PackedRows,
): { numbers: number[][]; texts: (string | null)[][] } {
  const columns = {
    numbers: Array.from({ length: n }, (): number[] => []),
    texts: Array.from({ length: t }, (): (string | null)[] => []),
  };
  numbers.forEach((number, cell) => columns.numbers[cell % n].push(number));
  let at = 0;
  lengths.forEach((length, cell) => columns.texts[cell % t].push(length < 0 ? null : text.slice(at, (at += length))));
  return columns;
}
