/**
 * What a scalar throws for a value it refuses. The message continues a sentence that begins with the value's path
 * ("must be …"), says what is allowed and never echoes the value.
 */
export class InvalidScalar extends Error {
  constructor(
    message: string,
    /** The violation's code. */
    readonly code = 'WRONG_TYPE',
  ) {
    super(message);
  }
}
