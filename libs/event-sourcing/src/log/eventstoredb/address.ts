import { LogCannotOpen } from '../errors.js';
import { PREFIX } from './streams.js';

/** An address of a server or cluster, as the client reads it. */
export const ADDRESS = /^esdb(?:\+discover)?:\/\/\S+$/;

/** Without its passwords, wherever drivers take them from, also where it is no address: this is printed, and kept in logs. */
export const shownAddress = (url: string): string =>
  url.replace(/(\w*password=)[^&\s]*/gi, '$1…').replace(/:(?!\/\/).*@/s, ':…@');

/** Throws `LogCannotOpen` for what cannot be an address or a prefix, before anything is connected. */
export function checkAddress(url: string, prefix: string): void {
  if (!ADDRESS.test(url)) {
    throw new LogCannotOpen(
      `EVENT_LOG ${shownAddress(url)} is no address of an EventStoreDB server: it is written esdb://host:port or esdb+discover://host:port.`,
    );
  }
  if (!PREFIX.test(prefix)) {
    throw new LogCannotOpen(
      `EVENT_LOG_PREFIX ${JSON.stringify(prefix)} cannot be used: it is up to 50 letters, digits, ".", "_" and ":", beginning with a letter or digit.`,
    );
  }
}
