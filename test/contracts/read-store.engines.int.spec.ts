import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { openPostgresReadModels } from '#read-models/postgres/postgres-read-models.js';
import { type ReadModels } from '#read-models/read-models.js';
import { type ReadPoint, type SubjectsOptions } from '#read-models/read-session.js';
import { openSqliteReadModels } from '#read-models/sqlite/sqlite-read-models.js';
import { aPostgres } from '../postgres/a-postgres.js';
import { cases, projections as group, registry } from './fixtures/read-store-projections.mjs';
import { columnOf, testOf } from './random-condition.js';
import { BEGINNING, happening, opened, Recorder } from './read-store.events.js';
import { PATIENCE } from './read-store.using.js';

const postgres = await aPostgres();

/** Texts that languages, cases, accents, and what a database takes for a text set apart. */
const text = fc.oneof(
  fc.constantFrom(
    'a',
    'A',
    'b',
    'B',
    'ä',
    'Ä',
    'z',
    'ß',
    'ss',
    'é',
    'e\u0301',
    'i',
    'İ',
    'ı',
    '',
    ' ',
    '_',
    '-',
    'a b',
  ),
  fc.constantFrom(
    'a\u0000',
    'a\u0001',
    'a\u0000b',
    '\u0001\u0002',
    '\\u0000',
    '"',
    "'",
    '\\',
    '{a,"b"}',
    'NULL',
    '%',
    '\n',
  ),
  fc.constantFrom('\uffff', '\u{10000}', '😀', '\u{10ffff}', '10', '9', '٣'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
/** Whole numbers up to the largest that JavaScript knows exactly. */
const number = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.maxSafeInteger(),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 31, -(2 ** 31) - 1),
);
const facts = fc.tuple(text, fc.option(number), fc.option(fc.boolean()));

const values = { title: text, rank: number, urgent: fc.boolean() };
const test = testOf(values);
const where = fc.option(
  fc.oneof(
    test,
    fc.record({ not: test }),
    fc.record({ or: fc.array(test, { maxLength: 3 }) }),
    fc.record({ and: fc.array(test, { maxLength: 3 }) }),
  ),
  { nil: undefined },
);
const orderBy = fc.option(fc.record({ column: columnOf(values), direction: fc.constantFrom('asc', 'desc') }), {
  nil: undefined,
});
const asked = fc.record({ where, orderBy, first: fc.integer({ min: 1, max: 7 }) });

(postgres ? describe : describe.skip)('both engines of read stores', () => {
  let folder: string;
  let log: SqliteEventLog;
  let recorder: Recorder;
  let engines: ReadModels[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-engines-'));
    log = await openSqliteLog({ folder, clock: () => new Date(BEGINNING) });
    recorder = await Recorder.of(log);
    const options = {
      ...{ log, group, registry },
      logHandle: () => log.readerHandle(),
      projections: new URL('./fixtures/bundled/read-store-projections.mjs', import.meta.url),
    };
    engines = [
      await openSqliteReadModels({ ...options, folder }),
      await openPostgresReadModels({ ...options, url: await postgres!.database() }),
    ];
  });
  afterAll(async () => {
    for (const engine of engines) await engine.close();
    await log.close();
    await rm(folder, { recursive: true });
    await postgres!.end();
  });

  /** Every page, with the cursors between them, and how many there are. */
  async function listed(engine: ReadModels, options: SubjectsOptions, sequence: number | null) {
    const pages = [];
    let at: ReadPoint | undefined;
    for (let after: number | undefined, more = true; more;) {
      const session = engine.session(EVERYTHING);
      at ??= await session.at(sequence === null ? null : { sequence });
      const { rows, hasNext } = await session.subjects(cases, { ...options, after }, at);
      pages.push(rows);
      after = rows.at(-1)?.cursor;
      more = hasNext;
    }
    const counted = await engine.session(EVERYTHING).countSubjects(cases, options.where, 1_000, at!);
    return { pages, counted };
  }

  it('give the same rows, in the same order, with the same cursors', async () => {
    const history = fc.record({
      openings: fc.array(facts, { minLength: 1, maxLength: 8 }),
      renamings: fc.array(facts, { maxLength: 4 }),
      ids: fc.array(fc.uuid(), { minLength: 8, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(history, fc.array(asked, { minLength: 1, maxLength: 6 }), fc.nat(), async (made, asks, past) => {
        const { openings, renamings, ids } = made;
        for (const [n, of] of openings.entries()) await recorder.record(opened(ids[n] + String(recorder.head), ...of));
        const streams = recorder.events.filter(({ type }) => type === 'CaseOpened').map(({ stream }) => stream);
        for (const [n, [title, rank, urgent]] of renamings.entries()) {
          const id = streams[(n * 7 + past) % streams.length].slice('case-'.length);
          await recorder.record(happening(id, 'CaseRenamed', { title, rank, urgent }));
        }
        for (const engine of engines) expect(await engine.waitFor(recorder.head, PATIENCE)).toBe('CURRENT');
        for (const one of asks as SubjectsOptions[]) {
          for (const sequence of [null, 1 + (past % recorder.head)]) {
            const [embedded, other] = await Promise.all(engines.map((engine) => listed(engine, one, sequence)));
            expect(other).toEqual(embedded);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('find each by its texts, exactly', async () => {
    const titles = new Set(recorder.events.flatMap(({ payload }) => (payload.title as string | undefined) ?? []));
    expect(titles.size).toBeGreaterThan(20);
    for (const value of titles) {
      const found = await Promise.all(
        engines.map((engine) => listed(engine, { where: { column: 'title', op: 'eq', value }, first: 50 }, null)),
      );
      expect(found[1]).toEqual(found[0]);
      for (const { row } of found[1].pages.flat()) expect(row.title).toBe(value);
    }
  });
});
