import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
import { strayIn } from '../../server/src/stray.js';
import { Refused } from './exit.js';
import { type Behind, GraphqlClient } from './graphql-client.js';

const { env } = process;

/** A setting, or nothing. Throws `Refused` where a server would refuse it. */
export function setting(name: string): string {
  const { [name]: given = '' } = env;
  const stray = strayIn(name, given);
  if (stray) throw new Refused(stray);
  return given;
}

/** The server's data folder. Throws `Refused`. */
export const dataFolder = (): string => setting('DATA_DIR') || './data';

/** The data folder, for what is about its embedded log. Throws `Refused` where EVENT_LOG says that the log is elsewhere. */
export function embeddedFolder(): string {
  if (isEmbedded('EVENT_LOG')) return dataFolder();
  throw new Refused(
    'EVENT_LOG names a log that is not in DATA_DIR, and this is about the embedded one: copy that log to a folder (caseledger copy-log), or unset EVENT_LOG.',
  );
}

/** Whether the log, or the read models, are in the data folder. Throws `Refused`. */
export const isEmbedded = (name: 'EVENT_LOG' | 'READ_STORE'): boolean => ['', 'sqlite:'].includes(setting(name));

/** Where a server listens, the key to show there, and where that key is from. */
export interface NamedServer {
  url: string;
  key: string;
  keyFrom: string;
}

/** Where the server listens, as CASELEDGER_URL says. Throws `Refused`. */
export function serverUrl(): string {
  const url = setting('CASELEDGER_URL') || 'http://127.0.0.1:4000';
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new Refused(
      `CASELEDGER_URL is ${shownAddress(url)}: set it to where the server listens, as http://127.0.0.1:4000.`,
    );
  const { username, password, search, hash, pathname } = new URL(url);
  // Not shown: a key may be in it, as in the link to the IDE.
  if (username || password || search || hash)
    throw new Refused(
      'CASELEDGER_URL holds a name, a password or something behind ? or #: set it to where the server listens alone, as http://127.0.0.1:4000.',
    );
  const [operations] = /\/graphi?ql\/*$/.exec(pathname) ?? [];
  if (operations)
    throw new Refused(
      `CASELEDGER_URL is ${url}: leave ${operations} out, as ${url.slice(0, url.lastIndexOf(operations))}.`,
    );
  return url;
}

/** The server as the environment names it. Throws `Refused`. */
export function server(): NamedServer {
  const url = serverUrl();
  const { key, keyFrom } = env.CASELEDGER_KEY ? { key: env.CASELEDGER_KEY, keyFrom: 'CASELEDGER_KEY' } : keyOfFolder();
  // Anything else cannot stand in a header, and would look as if the server were away.
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new Refused(`${keyFrom} holds what no key does (a space, a line break?): put your key alone there.`);
  return { url, key, keyFrom };
}

/**
 * The server that the environment names, asked as the holder of its key. Says on standard error that the read models are behind,
 * once each time that they come to be: what is shown then looks as if it were all. Throws `Refused`.
 */
export function connect(): GraphqlClient {
  const { url, key, keyFrom } = server();
  let warned: string | undefined;
  const onBehind = ({ since, sequence }: Behind): void => {
    if (since === warned) return;
    warned = since;
    process.stderr.write(
      `The read models have not followed the log since ${since}: nothing recorded after sequence ${sequence} is shown (caseledger projections says more).\n`,
    );
  };
  return new GraphqlClient(url, key, { keyFrom, onBehind });
}

function keyOfFolder(): Pick<NamedServer, 'key' | 'keyFrom'> {
  const file = join(dataFolder(), 'admin.key');
  try {
    return { key: readFileSync(file, 'utf8').trim(), keyFrom: file };
  } catch {
    throw new Refused(`CASELEDGER_KEY is not set and ${file} cannot be read: set CASELEDGER_KEY to your key.`);
  }
}
