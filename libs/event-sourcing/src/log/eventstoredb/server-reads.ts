import { type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { LogUnavailable } from '../errors.js';
import { Backoff } from './backoff.js';
import { type Connection } from './connection.js';
import { cannotRead, isDeleted, isDenied, isWrongPlace, reasonOf } from './failures.js';
import { readPlacesRequest } from './protocol.js';
import { type RecordedEvent } from './stored-event.js';

/** A page is ended when its bodies reach this many bytes. */
const PAGE_BYTES = 4_194_304;

export interface ReadPatience {
  /** A read fails when nothing comes for so long, in milliseconds. */
  readTimeoutMs: number;
  /** How long a read is tried again while the server is away, in milliseconds. */
  giveUpAfterMs: number;
  /** The first wait between tries, in milliseconds. */
  retryAfterMs: number;
}

export interface Page {
  events: RecordedEvent[];
  /** It holds all that was asked for, or all there is. */
  isWhole: boolean;
}

/** The server knows no event at the position that was asked for. */
export class WrongPlace extends Error {}

/** Reads of the server a page at a time: each is a call that is read to its end, and made again if it fails. */
export class ServerReads {
  constructor(
    private readonly connection: Connection,
    private readonly patience: ReadPatience,
  ) {}

  /**
   * Rejects with `LogUnavailable` when the server stays away, or none of its nodes holds enough (never, with a signal: then
   * it goes on until that aborts), and with `WrongPlace`.
   */
  async page(request: ReadReq, signal?: AbortSignal, isEnough = (_: Page): boolean => true): Promise<Page> {
    const { giveUpAfterMs, retryAfterMs } = this.patience;
    const backoff = new Backoff(retryAfterMs, signal ? 5_000 : 2_000);
    const until = Date.now() + giveUpAfterMs;
    // An unknown error can be a passing one as well: what is no place is none again while other reads are answered.
    let [wasWrongPlace, answersOthers] = [false, false];
    for (;;) {
      try {
        const page = await this.once(request);
        if (isEnough(page)) return page;
        throw new Error('the node that answers does not hold yet what another has told of');
      } catch (error) {
        if (error instanceof LogUnavailable) throw error;
        if (isDeleted(error)) throw new LogUnavailable(`${reasonOf(error)} Caseledger deletes no stream: restore it.`);
        if (isDenied(error)) throw cannotRead(error);
        const isWrong = asksForPlace(request) && isWrongPlace(error);
        if (isWrong && answersOthers) throw new WrongPlace(reasonOf(error), { cause: error });
        answersOthers = isWrong && wasWrongPlace && (await this.answers());
        wasWrongPlace = isWrong;
        if (signal ? signal.aborted : Date.now() >= until) throw cannotRead(error);
      }
      await backoff.wait(signal);
    }
  }

  /** Whether it answers a read of no place. */
  private answers(): Promise<boolean> {
    return this.once(readPlacesRequest(undefined, 1)).then(
      () => true,
      () => false,
    );
  }

  private async once(request: ReadReq): Promise<Page> {
    const call = await this.connection.read(request, this.patience.readTimeoutMs);
    const events: RecordedEvent[] = [];
    let bytes = 0;
    try {
      for (let some = await call.take(); some; some = await call.take()) {
        for (const message of some) bytes += collect(message, events);
        if (bytes >= PAGE_BYTES) return { events, isWhole: false };
      }
      return { events, isWhole: true };
    } finally {
      call.close();
    }
  }
}

/** It begins at a position: only then can that be none. */
const asksForPlace = (request: ReadReq): boolean => request.getOptions()?.getAll()?.hasPosition() ?? false;

function collect(message: ReadResp, events: RecordedEvent[]): number {
  const event = message.getEvent()?.getEvent();
  if (!event) return 0;
  events.push(event);
  return event.getData_asU8().length + event.getCustomMetadata_asU8().length;
}
