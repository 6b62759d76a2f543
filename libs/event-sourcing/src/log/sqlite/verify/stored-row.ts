import { hash } from 'node:crypto';
import { contentHash } from '../../../hash.js';
import { misfitOf } from '../../../payload-check.js';
import { type EventRegistry } from '../../../registry.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * An event's row. A text that is hashed comes as bytes unless the text says exactly what is stored: bytes that are not
 * UTF-8 read as other text than they are, and what stands behind a zero byte is not read at all.
 */
export type StoredRow = [
  sequence: number,
  revision: number,
  id: string,
  type: string,
  schemaVersion: number,
  commandId: string | null,
  commandHash: string | null,
  hash: string,
  payload: string | Uint8Array,
  metadata: string | Uint8Array,
  stream: string | null,
];

/** What one row says for itself: what is wrong with it, and the hash it says to follow. */
export interface RowFindings {
  problem: string | null;
  /** Null where the metadata names none. */
  previousHash: string | null;
  /** The type and version, if this software does not know it: its payload could not be checked. */
  unknown: string | null;
}

/** Checks rows one by one, each by itself. */
export class RowCheck {
  constructor(private readonly registry: EventRegistry) {}

  check(row: StoredRow): RowFindings {
    const [, , , type, version, , , stored, payload, metadata, stream] = row;
    const findings: RowFindings = { problem: null, previousHash: null, unknown: null };
    const wrong = (problem: string): RowFindings => ({ ...findings, problem });
    if (!isContent(payload) || !isContent(metadata)) return wrong('it has no content');
    if (stream === null) return wrong('its stream is gone');
    const contentMatches = hashOf(metadata, payload) === stored;
    const facts = objectIn(metadata);
    if (facts) findings.previousHash = facts.previousHash ?? null;
    if (!contentMatches) return wrong('its content does not match its hash');
    if (!facts) return wrong('its metadata is not JSON');
    const column = differing(row, facts);
    if (column) return wrong(`its ${column} is not the one that its metadata holds`);
    const content = objectIn(payload);
    if (!content) return wrong('its payload is not JSON');
    if (!this.registry.knows(type, version)) return { ...findings, unknown: `${type} version ${version}` };
    const misfit = misfitOf(this.registry, type, version, content);
    return misfit ? wrong(`its payload does not fit the schema of ${type} version ${version} (${misfit})`) : findings;
  }
}

/** Of exactly the bytes that are stored, as `contentHash` takes it of their text. */
function hashOf(metadata: string | Uint8Array, payload: string | Uint8Array): string {
  if (typeof metadata === 'string' && typeof payload === 'string') return contentHash(metadata, payload);
  const parts = ['{"metadata":', metadata, ',"payload":', payload, '}'];
  return hash('sha256', Buffer.concat(parts.map(bytesOf)), 'hex');
}

/** The column that differs from what the hashed metadata repeats of it; null if none does. */
function differing(row: StoredRow, facts: Record<string, string>): string | null {
  const [, revision, id, type, version, commandId, commandHash, , , , stream] = row;
  if (facts.id !== id || !UUID.test(id)) return 'id';
  if (facts.type !== type) return 'type';
  if (facts.stream !== stream) return 'stream';
  if (facts.revision !== String(revision)) return 'revision';
  if (facts.schemaVersion !== String(version)) return 'schema version';
  if ((facts.commandId ?? null) !== commandId) return 'command id';
  if ((facts.commandHash ?? null) !== commandHash) return 'command hash';
  return null;
}

/** The text of what is hashed, in whichever form it came. */
export const textOf = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : Buffer.from(content).toString();

const isContent = (value: unknown): boolean => typeof value === 'string' || value instanceof Uint8Array;

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : content;

function objectIn(content: string | Uint8Array): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(textOf(content));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, string>)
      : null;
  } catch {
    return null;
  }
}
