import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { type LogLevel } from '../config.js';

/** The names that lines carry, by those that `LOG_LEVEL` takes. */
const LEVELS: Readonly<Record<LogLevel, string>> = {
  fatal: 'fatal',
  error: 'error',
  warn: 'warn',
  log: 'info',
  debug: 'debug',
  verbose: 'trace',
};

/**
 * What the server tells operators while it runs: one JSON object a line, on standard error. No line holds anything of a
 * payload. Lines are written at once, so that none is lost when the process ends.
 * @param counted hears the level of each line
 * @param to where lines go instead
 */
export function createLogger(
  level: LogLevel,
  counted: (level: string) => void,
  to: DestinationStream = destination({ fd: process.stderr.fd, sync: true }),
): Logger {
  const logger: Logger = pino(
    {
      level: LEVELS[level],
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method, number) {
          counted(logger.levels.labels[number]);
          method.apply(this, args);
        },
      },
    },
    to,
  );
  return logger;
}
