/**
 * The categories of our streams: nothing else is read from the server, and nothing else may be written. None is the end of
 * another, and a prefix holds no hyphen, so that two installations never see each other's streams.
 */
export const STREAM_CATEGORIES = [
  'case',
  'terms',
  'techniques',
  'merging',
  'exhibit',
  'signal',
  'template',
  'numbering',
  'reference',
  'access',
  'system',
] as const;

/** What EVENT_LOG_PREFIX may be. */
export const PREFIX = /^(?:[A-Za-z0-9][A-Za-z0-9._:]{0,49})?$/;

/** Our streams' names on the server: each begins with the installation's prefix. */
export class StreamNames {
  /** For the server's filter. */
  readonly prefixes: readonly string[];

  constructor(private readonly prefix: string) {
    this.prefixes = STREAM_CATEGORIES.map((category) => `${prefix}${category}-`);
  }

  /** Throws a TypeError for a stream that would never be read back. */
  onServer(stream: string): string {
    const name = this.prefix + stream;
    if (this.prefixes.some((prefix) => name.startsWith(prefix))) return name;
    throw new TypeError(
      `The stream ${stream} is of no category that is read from EventStoreDB; those are ${STREAM_CATEGORIES.join(', ')}.`,
    );
  }

  ours(name: string): string {
    return name.slice(this.prefix.length);
  }

  /** What others put into our streams: links of projections, tombstones. */
  isOurs(name: string, type: string): boolean {
    return !type.startsWith('$') && this.prefixes.some((prefix) => name.startsWith(prefix));
  }
}
