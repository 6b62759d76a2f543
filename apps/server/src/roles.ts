import { type Config } from './config.js';

/**
 * What a process does: `api` serves GraphQL, the feed and the IDE, and takes commands; `projections` writes the read models,
 * or stands by for the one that does. Every process serves health and metrics.
 */
export type ServerRole = 'api' | 'projections';

/** What is to do of ROLES. */
export const rolesOf = ({ ROLES }: Pick<Config, 'ROLES'>): ReadonlySet<ServerRole> =>
  new Set(ROLES.split(',') as ServerRole[]);
