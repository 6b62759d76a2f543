/** Why a request came to no answer, as the system says it. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.cause as Error | undefined)?.message ?? error.message;
}

/** Says in a sentence that nothing answers there. */
export const unreachable = (address: string, error: unknown): string =>
  `Nothing answers at ${address} (${causeOf(error)}): is the server running?`;
