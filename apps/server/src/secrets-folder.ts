import { makeFolder } from '#event-sourcing/log/sqlite/make-folder.js';
import { type Config } from './config.js';

/** Where the secrets of the installation lie: SECRETS_DIR, made if it is missing, or else DATA_DIR. */
export function secretsFolder({ SECRETS_DIR, DATA_DIR }: Pick<Config, 'SECRETS_DIR' | 'DATA_DIR'>): string {
  if (SECRETS_DIR === '') return DATA_DIR;
  makeFolder(SECRETS_DIR);
  return SECRETS_DIR;
}
