import { type Command } from 'commander';
import { type RowDifference } from '#read-models/row-differences.js';
import { type Replayed, type ReplayOptions } from '#read-models/replaying.js';
import { type BuildProgress } from '#read-models/keeping/store-place.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { dataFolder } from '../connect.js';
import { Exit, Refused } from '../exit.js';
import { count } from '../arguments.js';
import { Progress } from '../progress.js';
import { colours, indented, print, safe } from '../terminal.js';

interface Options {
  list: number;
  json?: boolean;
}

/** Characters of a value that are shown. */
const SHOWN = 60;

/** `caseledger replay`: do the read models follow from the log? */
export function replay(program: Command): void {
  program
    .command('replay')
    .summary('rebuild the read models from the log and compare them')
    .description(
      'Rebuilds every read model from the log, beside those that are served, compares both row by row at one sequence, and says what differs. The server may be running. Needs about as much free space as the read models take. Engines are those of DATA_DIR, or as EVENT_LOG and READ_STORE say.',
    )
    .option('--list <rows>', 'how many of the rows that differ are listed', count, 20)
    .option('--json', 'one difference per line and the outcome last, as JSON')
    .action(async ({ list, json }: Options) => {
      const bars = new Bars();
      const differing: RowDifference[] = [];
      const { store, sequence, rows, different, refused } = await run(
        (progress) => bars.show(progress),
        (difference) => differing.length < list && differing.push(difference),
      ).finally(() => bars.end());
      // Known whoever reads what is printed now, and however long.
      if (refused || different > 0) process.exitCode = Exit.REFUSED;
      for (const one of differing) await print(json ? JSON.stringify(named(one)) : told(one));
      if (json) await print(JSON.stringify({ store, sequence, rows, different, refused }));
      if (refused) {
        throw new Refused(
          `The log cannot be replayed beyond sequence ${sequence}, though ${store} stands further: event ${refused.eventId} (${refused.sequence}): ${refused.message}`,
        );
      }
      if (different > 0) {
        const more = different > differing.length ? ` (${differing.length} are listed)` : '';
        throw new Refused(
          `${different} ${different === 1 ? 'row differs' : 'rows differ'}${more} at sequence ${sequence}. To have the read models rebuilt, stop the server, ${remedy(store)} and start it again.`,
        );
      }
      if (!json) await print(`No difference: ${rows.toLocaleString('en')} rows at sequence ${sequence}.`);
    });
}

/** Replays the read models of the engine that READ_STORE names, from the log that EVENT_LOG names. */
async function run(
  progress: NonNullable<ReplayOptions['progress']>,
  differs: NonNullable<ReplayOptions['differs']>,
): Promise<Replayed> {
  const { logHandle, readDatabase } = await import('../engines.js');
  const { projections: group, registry } = await import('#investigation/projections.js');
  const url = readDatabase();
  const options = { log: logHandle(), group, registry, projections: projectionsModule(), progress, differs };
  if (url === undefined) {
    const { replay: embedded } = await import('#read-models/sqlite/replay.js');
    return embedded({ ...options, folder: dataFolder() });
  }
  const { replay: scaled } = await import('#read-models/postgres/replay.js');
  return scaled({ ...options, url });
}

const remedy = (store: string): string =>
  store.endsWith('.sqlite')
    ? `delete ${store} (with ${store}-wal and ${store}-shm, if they are there)`
    : `drop the schema ${store}`;

/** One bar after the other: events, indexes, rows. */
class Bars {
  private bar: Progress | undefined;
  private unit = '';

  show(progress: BuildProgress | { rows: number; of: number }): void {
    const { of } = progress;
    if ('events' in progress) this.at('Rebuilding', 'events', progress.events, of);
    else if ('indexes' in progress) this.at('Indexing', 'indexes', progress.indexes, of);
    else this.at('Comparing', 'rows', progress.rows, of);
  }

  end(): void {
    this.bar?.end();
  }

  private at(label: string, unit: string, done: number, of: number): void {
    if (unit !== this.unit) {
      this.end();
      this.unit = unit;
      this.bar = new Progress(label, of, { unit });
    }
    this.bar!.at(done);
  }
}

const named = ({ table, key, id, only, fields }: RowDifference) => ({
  table,
  key,
  id,
  only: only && (only === 'first' ? 'stored' : 'rebuilt'),
  fields: fields.map(({ field, first, second }) => ({ field, stored: first ?? null, rebuilt: second ?? null })),
});

function told({ table, key, id, only, fields }: RowDifference): string {
  const row = `${colours.bold(table)} ${key.join(', ')}${id === null ? '' : ` (id ${safe(id)})`}`;
  if (only) return indented(`${row}: only ${only === 'first' ? 'in the read store' : 'rebuilt from the log'}`, 0);
  const lines = fields.map(({ field, first, second }) =>
    indented(`${field}: ${shown(first)} in the read store, ${shown(second)} rebuilt from the log`, 2),
  );
  return [row, ...lines].join('\n');
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return safe(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
