import { aPostgres } from '../postgres/a-postgres.js';
import { rebuiltStoreContract } from './read-store.contract.js';
import { openPostgresReadStore } from './read-store.postgres.js';

const postgres = await aPostgres();

if (postgres) {
  afterAll(() => postgres.end());
  rebuiltStoreContract('PostgreSQL', () => openPostgresReadStore(postgres), 6);
} else {
  describe('PostgreSQL as a read store', () => it.skip('is not rebuilt: there is no PostgreSQL here', () => undefined));
}
