import { type LoggerService } from '@nestjs/common';
import { type Level, type Logger } from 'pino';

/** Nest's logging, and that of everything that logs by Nest's `Logger`, in the server's own lines. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log = this.at('info');
  error = this.at('error');
  warn = this.at('warn');
  debug = this.at('debug');
  verbose = this.at('trace');
  fatal = this.at('fatal');

  /** Nest hands over a text or an object with `message` and other fields, then perhaps a stack, and its context last. */
  private at(level: Level) {
    return (given: unknown, ...more: unknown[]): void => {
      const context = more.pop();
      const [stack] = more;
      const fields = typeof given === 'object' && given !== null ? given : { message: String(given) };
      const { message, ...rest } = fields as { message?: string };
      this.logger[level]({ context, stack, ...rest }, message);
    };
  }
}
