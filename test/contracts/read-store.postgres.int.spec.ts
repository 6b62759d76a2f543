import { aPostgres } from '../postgres/a-postgres.js';
import { readStoreContract } from './read-store.contract.js';
import { openPostgresReadStore } from './read-store.postgres.js';

const postgres = await aPostgres();

if (postgres) {
  afterAll(() => postgres.end());
  readStoreContract('PostgreSQL', () => openPostgresReadStore(postgres));
} else {
  describe('PostgreSQL as a read store', () => it.skip('is not run: there is no PostgreSQL here', () => undefined));
}
