import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { allThatIsWrong } from '../answer-error.js';
import { Refused } from '../exit.js';
import { Progress } from '../progress.js';
import { type Batch, batchesOf, linesIn } from './batches.js';
import { lockImport, notWritable } from './import-lock.js';
import { KeptPlace, type Place } from './place.js';
import { type LineAnswer, sendBatch } from './send-batch.js';

export interface ImportOptions {
  url: string;
  key: string;
  /** Where the key is from, for whoever is told that it is the wrong one. */
  keyFrom?: string;
  /** Where the refused lines go. */
  refusedFile: string;
  /** Ends the import after the lines that are under way. */
  signal: AbortSignal;
}

/** What may be otherwise in a moment: such a line is not refused, it stops the import. */
const FOR_NOW = new Set(['UNAVAILABLE', 'OVERLOADED', 'INTERNAL', 'RATE_LIMITED']);

/**
 * Sends a file's lines, from where an earlier import of it stopped, and answers how many came to what. Throws `Refused` where it
 * has to stop before the end, saying at which line; sent again, it goes on there.
 */
export async function importFile(file: string, options: ImportOptions): Promise<Omit<Place, 'url' | 'digest'>> {
  const { refusedFile } = options;
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false)
    throw new Refused(`${file} is no file: write the lines into one, as they are read twice.`);
  if (existsSync(refusedFile) && realpathSync(refusedFile) === realpathSync(file))
    throw new Refused(`${refusedFile} is the file to import: name another one for the refused lines.`);
  const total = await linesIn(file);
  const release = lockImport(file, refusedFile);
  try {
    requireWritable(refusedFile);
    return await importLines(file, total, options);
  } finally {
    release();
  }
}

async function importLines(
  file: string,
  total: number,
  options: ImportOptions,
): Promise<Omit<Place, 'url' | 'digest'>> {
  const { url, refusedFile, signal } = options;
  const kept = new KeptPlace(file);
  const before = kept.read(url);
  let place: Place = before ?? { url, line: 0, digest: '', recorded: 0, repeated: 0, refused: 0 };
  if (before && !(await stillThere(file, before))) place = { ...place, line: 0, recorded: 0, repeated: 0, refused: 0 };
  const progress = new Progress('import', total, { unit: 'lines' });
  try {
    for await (const batch of batchesOf(file)) {
      const last = batch.first + batch.lines.length - 1;
      if (last <= place.line) continue;
      if (signal.aborted) throw new Refused('Interrupted.');
      place = await oneBatch(batch, place, options, (line) => progress.at(line));
      kept.write(place);
    }
    // Of an earlier import: nothing was refused this time.
    if (place.refused === 0 && refusedFile === `${file}.refused`) rmSync(refusedFile, { force: true });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const from = place.line + 1;
    throw new Refused(
      `${error.message} Stopped at line ${from} of ${total}: give the same command again to go on there.`,
    );
  } finally {
    progress.end();
  }
  kept.remove();
  const { line, recorded, repeated, refused } = place;
  return { line, recorded, repeated, refused };
}

/** Tries it before anything is recorded: refused lines that could not be written down afterwards would be lost. */
function requireWritable(refusedFile: string): void {
  const isNew = !existsSync(refusedFile);
  try {
    closeSync(openSync(refusedFile, 'a'));
    if (isNew) rmSync(refusedFile);
  } catch (error) {
    throw new Refused(notWritable(refusedFile, (error as NodeJS.ErrnoException).code));
  }
}

/** The place behind the batch. The refused lines are written once all of it is answered: a batch that is sent again names none twice. */
async function oneBatch(
  batch: Batch,
  place: Place,
  options: ImportOptions,
  at: (line: number) => void,
): Promise<Place> {
  const counts = { recorded: 0, repeated: 0, refused: 0 };
  let refusedLines = '';
  for await (const answer of sendBatch(options, batch)) {
    const { error, repeated, line } = answer;
    if (error && FOR_NOW.has(error.extensions.code)) throw new Refused(error.message);
    counts[error ? 'refused' : repeated ? 'repeated' : 'recorded']++;
    if (error) refusedLines += `${JSON.stringify(refusal(answer, batch.lines[line - batch.first].toString()))}\n`;
    at(line);
  }
  // The first of this import take the place of an earlier one's.
  if (refusedLines) (place.refused === 0 ? writeFileSync : appendFileSync)(options.refusedFile, refusedLines);
  return {
    url: place.url,
    line: batch.first + batch.lines.length - 1,
    digest: batch.digest,
    recorded: place.recorded + counts.recorded,
    repeated: place.repeated + counts.repeated,
    refused: place.refused + counts.refused,
  };
}

function refusal({ line, commandId, error }: LineAnswer, given: string): object {
  const { code, violations } = error!.extensions;
  return { line, commandId, code, reason: allThatIsWrong(error!).join(' '), violations, given };
}

/** Whether the file is the one that the place was kept of, as far as it was sent. */
async function stillThere(file: string, { line, digest }: Place): Promise<boolean> {
  for await (const batch of batchesOf(file)) {
    const last = batch.first + batch.lines.length - 1;
    if (last >= line) return last === line && batch.digest === digest;
  }
  return false;
}
