import { type Logger } from 'pino';

export interface RunningServer {
  /** What it tells operators from now on. */
  logger: Logger;
  /** `http://127.0.0.1:4000`: where it listens. */
  url: string;
  /** What is to be found there, for people. */
  paths: Readonly<Record<string, string>>;
  /** The first administrator's key, if it was issued at this start. */
  firstKey: string | undefined;
  /** Takes nothing new, finishes what runs, lets go of the folder. */
  close(): Promise<void>;
}
