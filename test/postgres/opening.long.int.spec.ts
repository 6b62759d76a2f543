import { randomUUID } from 'node:crypto';
import { type Client } from 'pg';
import { checkServer } from '#read-models/postgres/server-check.js';
import { run } from './a-postgres.js';
import { inADatabase } from './in-a-database.js';

/** Databases, servers and stores that read models cannot be opened in. */
await inADatabase((here) => {
  const { current, open, somebody } = here;

  describe('cannot be opened', () => {
    /** Takes away what a test has made beside its own database. */
    const made: string[] = [];
    afterAll(async () => {
      for (const statement of made) await run(here.url, statement);
    });
    const withUrl = (change: (its: URL) => void): string => {
      const its = new URL(here.url);
      change(its);
      return its.href;
    };

    it.each<[string, () => string | Promise<string>, RegExp]>([
      [
        'where nothing listens',
        () => withUrl((its) => (its.port = '1')),
        /cannot be reached \(connect ECONNREFUSED 127\.0\.0\.1:1\): start PostgreSQL there, or set READ_STORE to where it runs\.$/,
      ],
      [
        'with a wrong password',
        () => withUrl((its) => (its.password = 'open-sesame')),
        /refuses this user \(.*\): set READ_STORE to a user and password that it takes\.$/,
      ],
      [
        'in no database',
        () => withUrl((its) => (its.pathname = '/nowhere')),
        /cannot be used \(database "nowhere" does not exist\): create the database, or set READ_STORE to one that exists\.$/,
      ],
      [
        'by a user who may make no schemas',
        async () => {
          const name = `reader_${randomUUID().slice(0, 8)}`;
          made.push(`DROP ROLE ${name}`);
          await run(here.url, `CREATE ROLE ${name} LOGIN PASSWORD 'open-sesame'`);
          return withUrl((its) => Object.assign(its, { username: name, password: 'open-sesame' }));
        },
        /lets reader_\w+ make no schemas: GRANT CREATE ON DATABASE to it, or set READ_STORE to a user who may\.$/,
      ],
      [
        'in another encoding',
        async () => {
          const name = `ascii_${randomUUID().slice(0, 8)}`;
          made.push(`DROP DATABASE ${name}`);
          await run(
            here.url,
            `CREATE DATABASE ${name} ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'`,
          );
          return withUrl((its) => (its.pathname = `/${name}`));
        },
        /keeps texts in SQL_ASCII; UTF8 is needed: create a database with ENCODING 'UTF8' and set READ_STORE to it\.$/,
      ],
    ])('%s', async (_, at, sentence) => {
      const error = await open(await at()).catch((thrown: unknown) => thrown as Error);
      const { message, constructor } = error as Error;
      expect(constructor.name).toBe('ReadStoreCannotOpen');
      expect(message).toMatch(/^The read store postgres:\/\/\w+:…@/);
      expect(message).toMatch(sentence);
      expect(message).not.toContain('open-sesame');
      expect(message).not.toContain(new URL(here.url).password);
    });

    it('on a server that is too old', async () => {
      const old = { version: '14.12', number: 140_012, encoding: 'UTF8', may: true, who: 'ada' };
      const client = { query: () => Promise.resolve({ rows: [old] }) } as unknown as Client;
      await expect(checkServer(client, 'postgres://ada:secret@db/x')).rejects.toThrow(
        'The read store postgres://ada:…@db/x is on PostgreSQL 14.12; at least version 15 is needed: set READ_STORE to a newer server.',
      );
    });

    it.each([
      [
        'of another log',
        `UPDATE caseledger_read_1.checkpoint SET log_id = 'x'`,
        'was built from another log (x; this one is ',
      ],
      ['ahead of the log', `UPDATE caseledger_read_1.checkpoint SET sequence = 999999`, 'stands at sequence 999999'],
      [
        'of other tables',
        `UPDATE caseledger_read_1.checkpoint SET fingerprint = 'x'`,
        'has other tables than version 1',
      ],
      [
        'that lost events',
        `DELETE FROM caseledger_read_1.events WHERE sequence > 1`,
        'does not hold what its checkpoint says',
      ],
      ['that is none', `DROP SCHEMA caseledger_read_1 CASCADE; CREATE SCHEMA caseledger_read_1`, 'is no read store'],
    ])('with a store %s', async (_, damage, sentence) => {
      await somebody();
      here.running = await open();
      await current();
      await here.running.close();
      here.running = undefined;
      await run(here.url, damage);
      const error = await open().catch((thrown: unknown) => thrown as Error);
      expect((error as Error).message).toContain(sentence);
      expect((error as Error).message).toContain('drop the schema caseledger_read_1 and start again');
    });
  });
});
