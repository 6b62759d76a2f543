import { hash } from 'node:crypto';

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** An event's content hash: over exactly the stored texts, so verifying needs no canonicaliser. */
export const contentHash = (metadata: string, payload: string): string =>
  sha256(`{"metadata":${metadata},"payload":${payload}}`);

/** The namespace of every id that is derived: chosen once. Another one would give known commands new ids. */
const NAMESPACE = Buffer.from('c5a51ed9e4b04f0a9d3e6f1c2b7a8d90', 'hex');

/** UUID v5 (RFC 9562) of the parts' JSON text in a namespace of our own: deterministic, never random. */
export function uuidOf(...parts: readonly (string | number)[]): string {
  const digest = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(JSON.stringify(parts))]), 'hex');
  const variant = ((parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** The id of the nth thing that a command creates: the same for the same command of the same actor, always. */
export const thingId = (
  command: { logId: string; stream: string; actorId: string; commandId: string },
  ordinal = 0,
): string => uuidOf(command.logId, command.stream, command.actorId, command.commandId, 'thing', ordinal);
