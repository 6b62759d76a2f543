/** A line of a body, without its end; `text` is null where it is longer than allowed, or not in UTF-8. */
export interface Line {
  /** From 1. */
  number: number;
  text: string | null;
  /** Why there is no text. */
  fault?: 'TOO_LONG' | 'NOT_UTF8';
}

const NEWLINE = 0x0a;

/**
 * The lines of a body of bytes, one by one; blank ones are counted and left out.
 * @param limit bytes that a line may have: of a longer one no more than that is kept
 */
export async function* linesOf(body: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line, void> {
  const kept = new KeptLine(limit);
  let number = 1;
  for await (const chunk of body) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      kept.add(chunk.subarray(from, end));
      const line = kept.take(number++);
      if (line) yield line;
      from = end + 1;
    }
    kept.add(chunk.subarray(from));
  }
  const last = kept.take(number);
  if (last) yield last;
}

/** What has come of a line so far. */
class KeptLine {
  private parts: Buffer[] = [];
  private bytes = 0;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  constructor(private readonly limit: number) {}

  add(part: Buffer): void {
    this.bytes += part.length;
    if (this.bytes > this.limit) this.parts = [];
    else if (part.length > 0) this.parts.push(part);
  }

  /** The line, unless it is blank. */
  take(number: number): Line | undefined {
    const { parts, bytes } = this;
    this.parts = [];
    this.bytes = 0;
    if (bytes > this.limit) return { number, text: null, fault: 'TOO_LONG' };
    try {
      const text = this.decoder.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts)).trim();
      return text === '' ? undefined : { number, text };
    } catch {
      return { number, text: null, fault: 'NOT_UTF8' };
    }
  }
}
