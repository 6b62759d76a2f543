import { parentPort, workerData } from 'node:worker_threads';
import { openForWriting } from '#event-sourcing/log/sqlite/database.js';
import { type BareRows } from './bare-rows.js';

/** The ceiling of appending: the log's own tables and settings, one thread, no message, no check, no answer. */
const { file, events, group, seconds } = workerData as BareRows;
const db = openForWriting(file);
const begin = db.prepare('BEGIN IMMEDIATE');
const commit = db.prepare('COMMIT');
const stream = db.prepare('INSERT INTO streams (name) VALUES (?)');
const insert = db.prepare(
  `INSERT INTO events (sequence, stream_id, revision, id, type, schema_version, command_id, command_hash, hash, payload, metadata)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
for (let n = 0; n < group; n++) stream.run(`case-${n}`);

let sequence = 0;
const start = performance.now();
for (let revision = 0; performance.now() - start < seconds * 1000; revision++) {
  begin.run();
  for (let streamId = 1; streamId <= group; streamId++) {
    const e = events[sequence++ % events.length];
    insert.run(
      sequence,
      streamId,
      revision,
      e.id,
      e.type,
      e.schemaVersion,
      e.commandId,
      e.commandHash,
      e.hash,
      e.payload,
      e.metadata,
    );
  }
  commit.run();
}
const rate = (sequence / (performance.now() - start)) * 1000;
db.close();
parentPort!.postMessage(rate);
