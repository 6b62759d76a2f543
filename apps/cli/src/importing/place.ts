import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** How far a file was imported, and what it has come to. */
export interface Place {
  /** The server it was sent to. */
  url: string;
  /** The last line that was answered. */
  line: number;
  /** Of the file up to there: another file of that name begins anew. */
  digest: string;
  recorded: number;
  repeated: number;
  refused: number;
}

/** The place of an import that did not come to its end, kept beside the file. */
export class KeptPlace {
  private readonly path: string;

  constructor(file: string) {
    this.path = `${file}.place`;
  }

  /** Null if there is none, or none for this server. */
  read(url: string): Place | null {
    try {
      const place = JSON.parse(readFileSync(this.path, 'utf8')) as Place;
      return place.url === url ? place : null;
    } catch {
      return null;
    }
  }

  write(place: Place): void {
    writeFileSync(`${this.path}.new`, JSON.stringify(place));
    renameSync(`${this.path}.new`, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
