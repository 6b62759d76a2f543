import { colours, indented, print, safe, safeInLine } from './terminal.js';

/** An event with its envelope, as GraphQL answers it. */
export interface RecordedEvent {
  id: string;
  sequence: number;
  stream: string;
  revision: number;
  type: string;
  schemaVersion: number;
  recordedAt: string;
  actor: { id: string; name: string; kind: string };
  credential: string | null;
  onBehalfOf: string | null;
  subject: string | null;
  authentication: string | null;
  issuer: string | null;
  commandId: string | null;
  correlationId: string;
  causationId: string;
  hash: string;
  previousHash: string | null;
  traceparent: string | null;
  summary: string;
  payload: Record<string, unknown>;
}

/** What is asked of every event: all that the feed of server-sent events tells of it. */
export const EVENT_FIELDS = `id sequence stream revision type schemaVersion recordedAt actor { id name kind } credential onBehalfOf
  subject authentication issuer commandId correlationId causationId hash previousHash traceparent summary payload`;

/** The most that one request asks for. */
export const PAGE = 100;

const MARGIN = 10;

/** Prints an event: for machines as one line of JSON, for people as a heading and what happened, 100 columns wide. */
export const printEvent = (event: RecordedEvent, json: boolean, withStream = false): Promise<void> =>
  print(json ? JSON.stringify(event) : eventLines(event, withStream));

function eventLines(
  { sequence, recordedAt, type, actor, stream, summary }: RecordedEvent,
  withStream: boolean,
): string {
  const heading = [
    colours.bold(String(sequence).padStart(MARGIN - 2)),
    colours.dim(recordedAt),
    colours.cyan(safe(type)),
    `by ${safeInLine(actor.name)}`,
  ].join('  ');
  const lines = [heading, indented(safe(summary), MARGIN)];
  if (withStream) lines.splice(1, 0, indented(colours.dim(safe(stream)), MARGIN));
  return lines.join('\n');
}
