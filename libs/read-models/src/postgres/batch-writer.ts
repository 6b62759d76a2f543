import { type ClientBase } from 'pg';
import { layoutsOf, type PackedBatch } from '../build/batches.js';
import { columnsOf, type Layout, type PackedRows } from '../build/row-batch.js';
import { type ProjectionGroup } from '../read-model.js';
import { writeAccess } from './access-changes.js';
import { quoted } from './schema.js';
import { arrayOfNumbers, arrayOfTexts } from './values.js';

/** Writes batches: all rows of a table with one statement. Within whoever's transaction. */
export class BatchWriter {
  private readonly tables: TableWriter[];

  constructor(
    private readonly client: ClientBase,
    group: ProjectionGroup,
  ) {
    this.tables = layoutsOf(group).map((layout) => new TableWriter(client, layout));
  }

  async write({ tables, access }: PackedBatch): Promise<void> {
    for (const [n, rows] of tables.entries()) await this.tables[n].write(rows);
    await writeAccess(this.client, access);
  }
}

class TableWriter {
  private readonly insert: string;
  private readonly close: string;

  constructor(
    private readonly client: ClientBase,
    private readonly layout: Layout,
  ) {
    const { numbers, texts } = layout;
    const table = quoted(layout.table);
    const arrays = [...numbers.map(() => 'int8[]'), ...texts.map(() => 'text[]')];
    const columns = [...numbers, ...texts].map(quoted).join(', ');
    this.insert = `INSERT INTO ${table} (${columns}) SELECT * FROM unnest(${arrays.map((type, n) => `$${n + 1}::${type}`).join(', ')})`;
    this.close = `UPDATE ${table} AS t SET valid_to = c.valid_to FROM unnest($1::int8[], $2::int8[]) AS c(valid_to, v) WHERE t.v = c.v`;
  }

  async write(packed: PackedRows): Promise<void> {
    const { client, layout } = this;
    const { closed } = packed;
    if (packed.numbers.length > 0) {
      const { numbers, texts } = columnsOf(layout, packed);
      await client.query(this.insert, [...numbers.map(arrayOfNumbers), ...texts.map(arrayOfTexts)]);
    }
    if (closed.length === 0) return;
    const every = (nth: 0 | 1): string => arrayOfNumbers([...closed].filter((_, n) => n % 2 === nth));
    await client.query(this.close, [every(0), every(1)]);
  }
}
