import { once } from 'node:events';
import { WebSocket } from 'ws';

/** One principal's WebSocket, with many operations over it. */
export class AttackSocket {
  private last = 0;
  private readonly told = new Map<string, (message: string) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (bytes: Buffer) => {
      const message = bytes.toString();
      this.seen.push(message);
      this.told.get((JSON.parse(message) as { id?: string }).id ?? '')?.(message);
    });
  }

  /** Everything that has come over it since this was emptied. */
  readonly seen: string[] = [];

  static async open(url: string, key: string): Promise<AttackSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { authorization: `Bearer ${key}` },
    });
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    return new AttackSocket(socket);
  }

  /** The first that is said about an operation; a subscription is ended then, and what it says until it hears of that is `seen`. */
  async ask(query: string, variables: object): Promise<{ data?: unknown; errors?: unknown[] }> {
    const id = String(++this.last);
    const first = new Promise<string>((resolve) => this.told.set(id, resolve));
    this.socket.send(JSON.stringify({ type: 'subscribe', id, payload: { query, variables } }));
    const { type, payload } = JSON.parse(await first) as { type: string; payload?: any };
    this.told.delete(id);
    if (type === 'next') this.socket.send(JSON.stringify({ type: 'complete', id }));
    return type === 'error' ? { errors: payload as unknown[] } : (payload ?? {});
  }

  close(): void {
    this.socket.terminate();
  }
}
