/** What llhttp says of an answer whose end did not come. */
const CUT_OFF = '(Invalid EOF state)';

/** Why a request came to no answer, or to no whole one, as the system says it. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message } = (error.cause as Error | undefined) ?? error;
  return message.endsWith(CUT_OFF) ? 'closed in the middle of an answer' : message;
}

const codeOf = (error: unknown): unknown => (error as { cause?: { code?: unknown } }).cause?.code;

/** What OpenSSL says of an answer that is no TLS. */
const NO_TLS = 'ERR_SSL_WRONG_VERSION_NUMBER';

/** Says in a sentence that nothing answers there, or not as the address asks for. */
export const unreachable = (address: string, error: unknown): string =>
  codeOf(error) === NO_TLS
    ? `What answers at ${address} speaks no TLS: begin the address with http://, or name the proxy that speaks it.`
    : `Nothing answers at ${address} (${causeOf(error)}): is the server running?`;

/** Says that the server does not know the key, and where that key is from (CASELEDGER_KEY, a file), if that is known. */
export const unknownKey = (address: string, keyFrom?: string): string =>
  `${address} does not know ${keyFrom ? `the key in ${keyFrom}` : 'this key'}: give one that it issued.`;

/** That something is not there, or may not be seen with the key that is from there. */
export const unseen = (message: string, keyFrom?: string): string =>
  keyFrom ? `${message} (It was asked with the key in ${keyFrom}; an administrator's reads no case.)` : message;

/** What the server says of a key that may not do something, with where that key is from. */
export const lackingKey = (message: string, keyFrom?: string): string =>
  keyFrom ? `${message} (It was asked with the key in ${keyFrom}.)` : message;
