import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Random } from '../crash/random.js';

/** Stands between clients and the server, wherever that listens at the moment, and can reset connections. */
export class Proxy {
  private readonly server: Server;
  private readonly pairs = new Map<Socket, Socket>();
  /** Where the server listens; undefined while there is none. */
  private port: number | undefined;

  constructor() {
    this.server = createServer((client) => this.carry(client));
  }

  /** @returns where clients find it */
  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  leadTo(url: string | undefined): void {
    this.port = url === undefined ? undefined : Number(new URL(url).port);
  }

  /** Resets one of the connections, on both sides. */
  resetOne(random: Random): void {
    const pair = [...this.pairs][random.next(this.pairs.size)];
    for (const socket of pair ?? []) socket.resetAndDestroy();
  }

  close(): void {
    this.server.close();
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  private carry(client: Socket): void {
    client.on('error', () => undefined);
    if (this.port === undefined) return void client.destroy();
    const server = connect(this.port, '127.0.0.1');
    this.pairs.set(client, server);
    server.on('error', () => undefined);
    client.pipe(server).pipe(client);
    const end = (): void => {
      this.pairs.delete(client);
      client.destroy();
      server.destroy();
    };
    client.on('close', end);
    server.on('close', end);
  }
}
