import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';

/** What belongs to the offer to upgrade, not to the request. */
const OFFER = new Set(['upgrade', 'connection', 'http2-settings']);

/**
 * Answers a request that offers to become something else (`Upgrade: h2c`, as Java's HttpClient sends it with its first
 * request) as if it had not offered. Node hands all such requests to the WebSocket's listener, bytes already taken off the
 * socket, so the request is put back in front of the rest without its offer.
 */
export function answerWithoutUpgrade(server: Server, request: IncomingMessage, socket: Duplex, rest: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!OFFER.has(rawHeaders[i].toLowerCase())) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), rest]));
  server.emit('connection', socket);
}
