/** An error as the server answers it. */
export interface AnswerError {
  message: string;
  extensions?: { code?: string; violations?: readonly { path: string; message: string }[] };
}

/** All that is wrong: the message tells the first of several violations alone, and whoever reads it sees no extensions. */
export function allThatIsWrong({ message, extensions: { violations = [] } = {} }: AnswerError): string[] {
  if (violations.length < 2) return [message];
  return violations.map((one) => (one.message.includes(one.path) ? one.message : `${one.path}: ${one.message}`));
}
