import { type Client } from 'pg';
import { type ProjectionGroup } from '../read-model.js';
import { BATCH_EVENTS, indexedText, stretchesOf } from '../search/text-index.js';
import { indexVersion } from '../search/text-rank.js';
import { connect, SILENT_MS, transaction } from './connection.js';
import { quoted } from './schema.js';
import { MANY_WORDS, MOST_BYTES, PROGRESS_TABLE, WORDS_TABLE } from './text-tables.js';
import { arrayOf, arrayOfNumbers } from './values.js';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS ${PROGRESS_TABLE} (one int2 PRIMARY KEY CHECK (one = 1), sequence int8 NOT NULL, version text NOT NULL);
  CREATE TABLE IF NOT EXISTS ${WORDS_TABLE} (rank int8 PRIMARY KEY, words text COLLATE "C" NOT NULL, lexemes tsvector NOT NULL);
  CREATE INDEX IF NOT EXISTS ${WORDS_TABLE}_lexemes ON ${WORDS_TABLE} USING gin (lexemes)`;

/** Of those who make the tables at once, one does. */
const MAKING = `SELECT pg_advisory_xact_lock(hashtext('caseledger search ' || current_schema()))`;

const INSERT = `INSERT INTO ${WORDS_TABLE} (rank, words, lexemes)
  SELECT t.rank, ' ' || t.words || ' ',
    array_to_tsvector(string_to_array(CASE WHEN octet_length(t.words) > ${MOST_BYTES} THEN '${MANY_WORDS}' ELSE t.words END, ' '))
  FROM unnest($1::int8[], $2::text[]) AS t(rank, words)`;

const ROWS_AT_ONCE = 20;

/** Brings the index of a store's texts up to the store whenever it is searched; any server may. */
export class TextIndex {
  private client: Client | undefined;
  private isMade = false;
  private turn: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(private readonly options: { url: string; schema: string; group: ProjectionGroup }) {}

  /** Resolves to true when everything that stood in the store is indexed, to false when the time was up: it goes on. */
  async upToDate(timeLimitMs: number): Promise<boolean> {
    const run = this.turn.then(() => this.bringUp());
    this.turn = run.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), timeLimitMs)));
    try {
      return await Promise.race([run.then(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when nothing is written any more. */
  async close(): Promise<void> {
    this.closed = true;
    // Before: nobody may be at its other end any more. After: it was only being made.
    await this.client?.end().catch(() => undefined);
    await this.turn;
    await this.client?.end().catch(() => undefined);
  }

  private async bringUp(): Promise<void> {
    const { url, schema } = this.options;
    try {
      const client = (this.client ??= await connect(url, schema, SILENT_MS));
      if (!this.isMade) await this.make(client);
      while (!this.closed && !(await transaction(client, () => this.step(client))));
    } catch (error) {
      // The next one makes another connection.
      await this.client?.end().catch(() => undefined);
      this.client = undefined;
      throw error;
    }
  }

  private async make(client: Client): Promise<void> {
    const version = indexVersion(this.options.group);
    await transaction(client, async () => {
      await client.query(MAKING);
      await client.query(SCHEMA);
      const { rows } = await client.query<{ version: string }>(`SELECT version FROM ${PROGRESS_TABLE}`);
      if (rows[0]?.version === version) return;
      await client.query(`TRUNCATE ${WORDS_TABLE}, ${PROGRESS_TABLE}`);
      await client.query(`INSERT INTO ${PROGRESS_TABLE} (one, sequence, version) VALUES (1, 0, $1)`, [version]);
    });
    this.isMade = true;
  }

  /** Indexes the next events; true when it is where the store is. */
  private async step(client: Client): Promise<boolean> {
    const { group } = this.options;
    const { rows } = await client.query<{ done: number; end: number }>(
      `SELECT p.sequence AS done, c.sequence AS end FROM ${PROGRESS_TABLE} AS p, checkpoint AS c FOR UPDATE OF p`,
    );
    const [{ done, end }] = rows;
    const until = Math.min(end, done + BATCH_EVENTS);
    if (until <= done) return true;
    for (const stretch of stretchesOf(group, done, until)) await this.index(client, stretch);
    await client.query(`UPDATE ${PROGRESS_TABLE} SET sequence = $1`, [until]);
    return until >= end;
  }

  /** A few rows at a time: a row may hold millions of characters, and what is sent at once is one text. */
  private async index(
    client: Client,
    { table, place, from, to }: ReturnType<typeof stretchesOf>[number],
  ): Promise<void> {
    for (let next = from; ;) {
      const { rows } = await client.query<{ v: number; data: string }>(
        `SELECT v, data FROM ${quoted(table)} WHERE v >= $1 AND v < $2 ORDER BY v LIMIT ${ROWS_AT_ONCE}`,
        [next, to],
      );
      const [ranks, words]: [number[], string[]] = [[], []];
      for (const { v, data } of rows) {
        const text = indexedText(this.options.group, place, v, data);
        if (!text) continue;
        ranks.push(text.rank);
        words.push(text.words);
      }
      if (ranks.length > 0) await client.query(INSERT, [arrayOfNumbers(ranks), arrayOf(words)]);
      if (rows.length < ROWS_AT_ONCE) return;
      next = rows.at(-1)!.v + 1;
    }
  }
}
