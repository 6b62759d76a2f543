import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { ADDRESS, shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { isTlsKnown, KNOWN_TLS, ADDRESS as POSTGRES } from '#read-models/postgres/address.js';
import { dataFolder, isEmbedded, setting } from './connect.js';
import { Refused } from './exit.js';

/** The log that EVENT_LOG names, as the server reads it, for a reader of its own. Throws `Refused`. */
export function logHandle(): LogReaderHandle {
  if (!isEmbedded('EVENT_LOG')) {
    const [url, prefix] = [setting('EVENT_LOG'), setting('EVENT_LOG_PREFIX')];
    if (ADDRESS.test(url)) return { url, prefix };
    throw new Refused('EVENT_LOG is no address of a log: set it to sqlite: or esdb://….');
  }
  const file = join(dataFolder(), LOG_FILE);
  if (!existsSync(file)) throw new Refused(`There is no log ${file}: set DATA_DIR to the folder that holds it.`);
  return { file };
}

/** The address of the PostgreSQL database that READ_STORE names; undefined for read models in DATA_DIR. Throws `Refused`. */
export function readDatabase(): string | undefined {
  if (isEmbedded('READ_STORE')) return undefined;
  const url = setting('READ_STORE');
  if (!POSTGRES.test(url))
    throw new Refused('READ_STORE is no address of a read store: set it to sqlite: or postgres://….');
  if (!isTlsKnown(url)) throw new Refused(`READ_STORE is ${shownAddress(url)}; allowed is ${KNOWN_TLS}.`);
  return url;
}
