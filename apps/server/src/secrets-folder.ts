import { makeFolder } from '#event-sourcing/log/sqlite/make-folder.js';
import { type Config } from './config.js';

/** The folder of secrets cannot be used; the message says why, and what to do. */
export class SecretsFolderUnusable extends Error {}

/** Where the secrets of the installation lie: SECRETS_DIR, made if it is missing, or else DATA_DIR. */
export function secretsFolder({ SECRETS_DIR, DATA_DIR }: Pick<Config, 'SECRETS_DIR' | 'DATA_DIR'>): string {
  if (SECRETS_DIR === '') return DATA_DIR;
  try {
    makeFolder(SECRETS_DIR);
  } catch (error) {
    throw new SecretsFolderUnusable(
      `The folder ${SECRETS_DIR} cannot be used (${(error as Error).message}): make it a folder this user may write in, or set SECRETS_DIR to one.`,
    );
  }
  return SECRETS_DIR;
}
