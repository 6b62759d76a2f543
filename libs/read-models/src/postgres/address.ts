/** The address of a database, as the driver reads it. */
export const ADDRESS = /^postgres(?:ql)?:\/\/\S+$/;

/** Has no setting of TLS that the driver would pass over without a word: the connection would be open to all on its way. */
export const isTlsKnown = (url: string): boolean =>
  !/[?&](?!ssl(?:mode|cert|key|rootcert|negotiation)?=)[sS][sS][lL]/.test(url);

/** What the settings of TLS in an address may be. */
export const KNOWN_TLS =
  'no setting of TLS but ssl, sslmode, sslcert, sslkey, sslrootcert and sslnegotiation, in small letters';
