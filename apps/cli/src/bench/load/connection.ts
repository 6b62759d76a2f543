import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  status: number;
  body: string;
}

/** One kept HTTP/1.1 connection with one request at a time: little more than the socket, so that the server is measured and not its client. */
export class Connection {
  private received = '';
  private waiting?: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void };

  private constructor(private readonly socket: Socket) {
    // One character for each byte: `content-length` counts bytes.
    socket.setEncoding('latin1').setNoDelay(true);
    socket.on('data', (chunk: string) => this.receive(chunk));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('The server closed the connection.')));
  }

  static open(host: string, port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  /** Sends a whole request, head and body, in ASCII. */
  send(request: string): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request, 'latin1');
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private receive(chunk: string): void {
    this.received = this.received === '' ? chunk : this.received + chunk;
    const head = this.received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.received.slice(0, head + 2));
    if (!length) return void this.socket.destroy(new Error('An answer came without content-length.'));
    const end = head + 4 + Number(length[1]);
    if (this.received.length < end) return;
    const answer = { status: Number(this.received.slice(9, 12)), body: this.received.slice(head + 4, end) };
    this.received = this.received.slice(end);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(answer);
  }
}
