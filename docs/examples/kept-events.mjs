import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';

/**
 * What a follower has received, in a file: a line of JSON for each event, with the cursor behind it. Both are written at once,
 * so whoever is killed at any moment goes on exactly behind the last event that is in the file.
 */
export class KeptEvents {
  /** Where to go on. */
  cursor = '0';

  /** @param {string} file is read if it is there, and added to */
  constructor(file) {
    this.file = file;
    if (!existsSync(file)) return;
    const bytes = readFileSync(file);
    const end = bytes.lastIndexOf('\n') + 1;
    // Half a line is what a kill in the middle of writing leaves: that event will come again.
    if (end < bytes.length) truncateSync(file, end);
    const lines = bytes.subarray(0, end).toString().trimEnd().split('\n');
    if (end > 0) this.cursor = JSON.parse(lines.at(-1)).cursor;
  }

  /** @param {{ event: object, cursor: string }[]} received in their order */
  add(...received) {
    const lines = received.map(({ event, cursor }) => `${JSON.stringify({ event, cursor })}\n`);
    appendFileSync(this.file, lines.join(''));
    this.cursor = received.at(-1).cursor;
  }
}
