import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** Stands between a log and its server, of whatever kind: breaks connections, holds them up, loses what is answered. */
export class Proxy {
  private readonly pairs = new Set<readonly [client: Socket, server: Socket]>();
  private readonly forgotten = new Set<readonly [client: Socket, server: Socket]>();
  private answers: 'pass' | 'lose' | 'hold' = 'pass';
  private listener: Server | undefined;
  private port = 0;

  private constructor(private readonly target: URL) {}

  /** In front of the first server of a connection string. */
  static async start(url: string): Promise<Proxy> {
    const proxy = new Proxy(new URL(url.replace(/^esdb(\+discover)?:/, 'http:')));
    await proxy.listen();
    return proxy;
  }

  get url(): string {
    const { protocol, username, password, pathname, search } = this.target;
    const credentials = username ? `${username}:${password}@` : '';
    if (protocol === 'http:') return `esdb://${credentials}127.0.0.1:${this.port}${search}`;
    return `${protocol}//${credentials}127.0.0.1:${this.port}${pathname}${search}`;
  }

  /** Connections are refused from now on, and those there are broken off. */
  async stop(): Promise<void> {
    const { listener } = this;
    this.listener = undefined;
    const closed = listener && once(listener, 'close');
    listener?.close();
    this.breakOff();
    await closed;
  }

  async listen(): Promise<void> {
    this.listener = createServer((client) => this.accept(client)).listen(this.port, '127.0.0.1');
    await once(this.listener, 'listening');
    this.port = (this.listener.address() as { port: number }).port;
  }

  breakOff(): void {
    for (const sockets of [...this.pairs, ...this.forgotten]) for (const socket of sockets) socket.destroy();
  }

  /** What the server sends is thrown away; the connections stay. */
  loseAnswers(): void {
    this.answers = 'lose';
  }

  /** Nothing gets through either way; the connections stay. */
  freeze(): void {
    this.answers = 'hold';
    for (const sockets of this.pairs) for (const socket of sockets) socket.pause();
  }

  /** Nothing gets through those that are there any more, and nobody is told; new ones pass. */
  forget(): void {
    for (const sockets of this.pairs) {
      for (const socket of sockets) socket.pause();
      this.forgotten.add(sockets);
    }
    this.pairs.clear();
  }

  /** Goes on; a connection whose answers were lost is of no more use and is broken off. */
  pass(): void {
    if (this.answers === 'lose') this.breakOff();
    this.answers = 'pass';
    for (const sockets of this.pairs) for (const socket of sockets) socket.resume();
  }

  private accept(client: Socket): void {
    const server = createConnection(Number(this.target.port || 2113), this.target.hostname);
    const pair = [client, server] as const;
    this.pairs.add(pair);
    for (const [from, to] of [pair, [server, client]]) {
      from.setNoDelay(true);
      from.on('data', (bytes: Buffer) => {
        if (from === server && this.answers === 'lose') return;
        if (this.forgotten.has(pair)) return;
        if (!to.write(bytes)) {
          from.pause();
          to.once('drain', () => this.answers !== 'hold' && from.resume());
        }
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        // Whoever was forgotten hears nothing of it.
        if (!this.pairs.delete(pair) && this.forgotten.has(pair)) return;
        to.destroy();
      });
    }
    if (this.answers === 'hold') for (const socket of pair) socket.pause();
  }
}
