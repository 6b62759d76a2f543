import { type Logger } from '@nestjs/common';

/** Tells operators, in a line of the log, of an error that clients only get a reference to, where they get one. */
export const reportTo =
  (logger: Pick<Logger, 'error'>) =>
  (error: unknown, reference?: string, request?: string): void =>
    logger.error({ message: 'Something unexpected went wrong.', reference, request, error: described(error) });

/** For operators. A parser's error quotes what it could not read, which may be of a case. */
function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stack = error.message, message } = error;
  return error instanceof SyntaxError ? stack.replace(message, message.replace(/".*"|'.*'/gs, '…')) : stack;
}
