import DataLoader from 'dataloader';
import { THE_SUBJECT } from './access-changes.js';
import { type PinnedReads } from './pinned-reads.js';
import { type Access } from './queries/access-sql.js';
import { marksOfEvents, marksOfRecords } from './queries/mark-queries.js';
import { type ReadPoint } from './read-points.js';
import { withhold } from './withhold.js';

/** What a mark's handler shows of it. */
export type ShownMark = Record<string, unknown>;

interface MarkedRecord {
  subjectKey: number;
  recordId: string;
}

/** The marks that stand now, whatever moment is read: like all of access they have no versions. Asked for in one tick, read at once. */
export class MarkReads {
  private readonly records: DataLoader<MarkedRecord, ShownMark[], string>;
  private readonly events: DataLoader<number, ShownMark[]>;

  constructor(
    private readonly reads: PinnedReads,
    private readonly access: Access,
    at: () => Promise<ReadPoint>,
  ) {
    this.records = new DataLoader(async (asked) => this.ofRecords(asked, await at()), {
      cacheKeyFn: ({ subjectKey, recordId }) => `${subjectKey} ${recordId}`,
    });
    this.events = new DataLoader(async (sequences) => this.ofEvents(sequences, await at()));
  }

  /** Those on a record and on its subject; without a record those on the subject. */
  ofRecord(subjectKey: number, recordId: string = THE_SUBJECT): Promise<ShownMark[]> {
    return this.records.load({ subjectKey, recordId });
  }

  /** Those on the subject of an event and on the records it concerns. */
  ofEvent(sequence: number): Promise<ShownMark[]> {
    return this.events.load(sequence);
  }

  private async ofRecords(asked: readonly MarkedRecord[], at: ReadPoint): Promise<ShownMark[][]> {
    const rows = (await this.reads.rows({
      at,
      shape: 'marks of records',
      compile: (compilation) => marksOfRecords(compilation, this.access),
      named: {
        keys: JSON.stringify([...new Set(asked.map(({ subjectKey }) => subjectKey))]),
        records: JSON.stringify([THE_SUBJECT, ...new Set(asked.map(({ recordId }) => recordId))]),
      },
    })) as [key: number, record: string, shown: ShownMark, hidden: string[] | null][];
    return asked.map(({ subjectKey, recordId }) =>
      rows
        .filter(([key, record]) => key === subjectKey && (record === recordId || record === THE_SUBJECT))
        .map(([, , shown, hidden]) => withhold(shown, hidden)),
    );
  }

  private async ofEvents(sequences: readonly number[], at: ReadPoint): Promise<ShownMark[][]> {
    const rows = (await this.reads.rows({
      at,
      shape: 'marks of events',
      compile: (compilation) => marksOfEvents(compilation, this.access),
      named: { sequences: JSON.stringify(sequences) },
    })) as [sequence: number, shown: ShownMark, hidden: string[] | null][];
    return sequences.map((one) =>
      rows.filter(([sequence]) => sequence === one).map(([, shown, hidden]) => withhold(shown, hidden)),
    );
  }
}
