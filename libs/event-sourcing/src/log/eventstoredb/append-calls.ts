import { type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type AppendAnswer, appendAnswer } from './append-answer.js';
import { type AppendRequest } from './append-request.js';
import { type AppendCall, type Connection } from './connection.js';
import { reasonOf } from './failures.js';
import { ServerSilent } from './read-call.js';
import { within } from './within.js';

interface Waiting {
  sentAt: number;
  timer: NodeJS.Timeout;
  resolve(answer: AppendAnswer): void;
  reject(error: unknown): void;
}

/** One call that carries many appends, and those of them that wait for their answer: of this call alone. */
class SharedCall {
  broken = false;
  private readonly waiting = new Map<string, Waiting>();
  private heardAt = 0;

  constructor(private readonly call: AppendCall) {
    call.on('data', (response: BatchAppendResp) => this.receive(response));
    call.on('error', (error) => this.fail(error));
    call.on('end', () => this.fail(new ServerSilent('the server ended the call')));
  }

  send(append: AppendRequest, timeoutMs: number): Promise<AppendAnswer> {
    const { id, request } = append.build();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.expire(id, timeoutMs), timeoutMs);
      this.waiting.set(id, { sentAt: Date.now(), timer, resolve, reject });
      this.call.write(request);
    });
  }

  close(): void {
    this.call.cancel();
    this.fail(new ServerSilent('the log was closed'));
  }

  private receive(response: BatchAppendResp): void {
    this.heardAt = Date.now();
    // A late or a second answer: nobody waits for it.
    const waiting = this.take(response.getCorrelationId()?.getString() ?? '');
    waiting?.resolve(appendAnswer(response));
  }

  private expire(id: string, timeoutMs: number): void {
    const waiting = this.take(id);
    if (!waiting) return;
    const silent = new ServerSilent(`the server did not answer within ${timeoutMs} ms`);
    waiting.reject(silent);
    if (this.heardAt >= waiting.sentAt) return;
    // Nothing at all since: the connection is gone, or the server stands still.
    this.call.cancel();
    this.fail(silent);
  }

  private take(id: string): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  /** Where several wait, the error tells which of them it is about to nobody: others may have been stored. */
  private fail(error: unknown): void {
    this.broken = true;
    const waiting = [...this.waiting.keys()];
    const each = waiting.length > 1 ? new ServerSilent(reasonOf(error), { cause: error }) : error;
    for (const id of waiting) this.take(id)?.reject(each);
  }
}

/** Sends appends over a shared call, and over another one after it broke. */
export class AppendCalls {
  private shared?: Promise<SharedCall>;

  constructor(private readonly connection: Connection) {}

  /** Rejects with what the call failed with: then it is not known whether the append was stored. */
  async send(append: AppendRequest, timeoutMs: number): Promise<AppendAnswer> {
    // Late, it serves those that come after.
    const call = await within(timeoutMs, this.open(), () => undefined);
    return call.send(append, timeoutMs);
  }

  /** Also a call that is only being made, when it is. */
  close(): void {
    void this.shared?.then((call) => call.close()).catch(() => undefined);
  }

  private async open(): Promise<SharedCall> {
    const shared = await this.shared?.catch(() => undefined);
    if (shared && !shared.broken) return shared;
    // Whoever came first makes it for all.
    this.shared = this.making ??= this.connection
      .appends()
      .then((call) => new SharedCall(call))
      .finally(() => (this.making = undefined));
    return this.shared;
  }

  private making?: Promise<SharedCall>;
}
