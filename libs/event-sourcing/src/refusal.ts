/**
 * A command or query that cannot be answered as asked: nothing was written, and the sender can mend it.
 * `code` is one of docs/errors.md; `message` says what was wrong, what is allowed and what to do.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Throws a {@link Refusal}. */
export function refuse(code: string, message: string, details?: Record<string, unknown>): never {
  throw new Refusal(code, message, details);
}
