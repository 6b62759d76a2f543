import { type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type ClientReadableStream } from '@grpc/grpc-js';

/** The most messages that wait to be taken, and their bytes; then the server waits. */
const MOST_WAITING = 512;
const MOST_BYTES = 4_194_304;

/** Nothing came for too long. */
export class ServerSilent extends Error {
  readonly code = 4;
}

/** A read or subscription under way. What comes is taken in batches; while nobody takes, the server is held back. */
export class ReadCall {
  private waiting: ReadResp[] = [];
  private bytes = 0;
  private error?: Error;
  private ended = false;
  private closed = false;
  private wake?: () => void;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly call: ClientReadableStream<ReadResp>,
    private readonly idleMs: number,
    private readonly onClosed: () => void,
  ) {
    call.on('data', (message: ReadResp) => this.receive(message));
    call.on('error', (error) => this.finish(error));
    call.on('end', () => this.finish());
  }

  /** All that waits, at least one message; null at the end. Rejects with what the call failed with, after what came before. */
  async take(): Promise<ReadResp[] | null> {
    if (this.waiting.length === 0 && !this.ended) await this.arrival();
    const { waiting } = this;
    if (waiting.length > 0) {
      this.waiting = [];
      this.bytes = 0;
      if (!this.ended) this.call.resume();
      return waiting;
    }
    if (this.error !== undefined) throw this.error;
    return null;
  }

  /** Ends it here and on the server; a read that is left without this occupies the connection for ever. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (!this.ended) this.call.cancel();
    this.finish(new ServerSilent('the call was closed'));
    this.onClosed();
  }

  private receive(message: ReadResp): void {
    if (this.ended) return;
    this.waiting.push(message);
    const event = message.getEvent()?.getEvent();
    if (event) this.bytes += event.getData_asU8().length + event.getCustomMetadata_asU8().length;
    if (this.waiting.length >= MOST_WAITING || this.bytes >= MOST_BYTES) this.call.pause();
    this.awaken();
  }

  private finish(error?: Error): void {
    if (this.ended) return;
    this.ended = true;
    this.error = error;
    this.awaken();
  }

  private arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      if (this.idleMs === 0) return;
      this.timer = setTimeout(() => {
        this.finish(new ServerSilent(`the server sent nothing for ${this.idleMs} ms`));
        this.call.cancel();
      }, this.idleMs);
    });
  }

  private awaken(): void {
    const { wake } = this;
    if (!wake) return;
    this.wake = undefined;
    clearTimeout(this.timer);
    // What came in the same turn is taken along.
    setImmediate(wake);
  }
}
