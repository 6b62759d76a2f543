/** Exit codes of every command; `verify` has more of its own. */
export const Exit = { DONE: 0, REFUSED: 1, USAGE: 64, OUTPUT: 74 } as const;

/** A command cannot do what was asked of it: the message is one sentence with the cause and the remedy; exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Says in a sentence that a file cannot be read, and what to give; throws other errors on. */
export const unreadable =
  (file: string, remedy: string) =>
  (error: NodeJS.ErrnoException): never => {
    // Reading a folder names no path.
    if (error.path !== file && error.code !== 'EISDIR') throw error;
    throw new Refused(`${file} cannot be read (${error.code}): ${remedy}.`);
  };

/** What to tell of an error. Errors of our own, and of the system, say it in a sentence; others are faults and show where. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const told = error.constructor !== Error && !(error instanceof TypeError) && !(error instanceof ReferenceError);
  return told || 'code' in error ? error.message : (error.stack ?? error.message);
}
