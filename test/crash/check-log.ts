import { join } from 'node:path';
import { contentHash } from '#event-sourcing/hash.js';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { openSqliteLogReader } from '#event-sourcing/log/sqlite/reader.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { type Acknowledged, type Journal, type Sent } from './journal.js';

/** What the log of a folder holds, as far as the checks ask. */
export interface LogContent {
  head: number;
  /** Of case streams: the events that each command led to, in order. */
  byCommand: Map<string, { id: string; type: string; sequence: number; revision: number }[]>;
}

/**
 * Reads a folder's log from end to end and throws an Error that names the first event out of order: a gap in sequence
 * or revision, a hash that does not fit the stored texts or the event before, an event id that stands there twice.
 */
export async function readLog(folder: string): Promise<LogContent> {
  const reader = openSqliteLogReader({ file: join(folder, LOG_FILE) });
  const last = new Map<string, StoredEvent>();
  const ids = new Set<string>();
  const content: LogContent = { head: 0, byCommand: new Map() };
  try {
    for await (const page of reader.readAll()) {
      for (const event of page) {
        const problem = problemOf(event, content.head, last.get(event.stream), ids);
        if (problem) throw new Error(`Event ${event.sequence} (${event.type} of ${event.stream}) ${problem}.`);
        content.head = event.sequence!;
        last.set(event.stream, event);
        ids.add(event.id);
        if (event.stream.startsWith('case-')) note(content, event);
      }
    }
    return content;
  } finally {
    await reader.close();
  }
}

function problemOf(event: StoredEvent, head: number, before: StoredEvent | undefined, ids: Set<string>): string | null {
  const { previousHash = null } = JSON.parse(event.metadata) as { previousHash?: string };
  if (event.sequence !== head + 1) return `comes after ${head}`;
  if (event.revision !== (before?.revision ?? -1) + 1)
    return `has revision ${event.revision} after ${before?.revision}`;
  if (contentHash(event.metadata, event.payload) !== event.hash) return 'does not have the hash of its content';
  if (previousHash !== (before?.hash ?? null)) return 'does not name the hash of the event before it';
  if (ids.has(event.id)) return 'has the id of an earlier event';
  return null;
}

function note({ byCommand }: LogContent, { commandId, id, type, sequence, revision }: StoredEvent): void {
  const events = byCommand.get(commandId!) ?? [];
  events.push({ id, type, sequence: sequence!, revision });
  byCommand.set(commandId!, events);
}

/** What is wrong with the log, one line for each command that was acknowledged and does not stand in it exactly so. */
export function missing({ byCommand }: LogContent, journal: Journal): string[] {
  return journal.acknowledged.flatMap(({ mutation, input, answer }) => {
    const stored = byCommand.get(input.commandId) ?? [];
    const { events, revision } = answer;
    const same =
      stored.length === events.length &&
      stored.at(-1)?.revision === revision &&
      stored.every(
        ({ id, type, sequence }, n) =>
          id === events[n].id && type === events[n].type && sequence === events[n].sequence,
      );
    return same ? [] : [`${mutation} ${input.commandId}: ${JSON.stringify({ acknowledged: answer, stored })}`];
  });
}

/** Commands of the journal that stand in the log though nobody was told so. */
export const storedUnanswered = ({ byCommand }: LogContent, journal: Journal): Sent[] =>
  journal.unacknowledged.filter(({ input }) => byCommand.has(input.commandId));

/** True if two answers to one command say the same. */
export const sameAnswer = (a: Acknowledged, b: Acknowledged): boolean => JSON.stringify(a) === JSON.stringify(b);
