import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphqlClient } from '../../apps/cli/src/graphql-client.js';
import { inFolder } from '../crash/folder.js';
import { ServerUnderTest } from '../crash/server-under-test.js';
import { serverHere } from './server-here.js';

const KEY = 'clk_[0-9a-f]{16}_[0-9a-f]{64}';

describe('the server, started', () => {
  it(
    'prints on a new folder its address, the link to the IDE and the first key, once; the key is kept for its owner alone',
    () =>
      inFolder(async (parent) => {
        const folder = join(parent, 'data');
        const first = new ServerUnderTest(folder);
        const url = await first.listening();
        const { output, errors } = await first.stop();
        const [, printed] = new RegExp(`\\n(${KEY})\\n$`).exec(output)!;
        expect(output).toBe(
          `Caseledger listens on ${url}\nGraphQL  ${url}/graphql\nIDE      ${url}/graphiql#key=${printed}\n` +
            `The first administrator key, shown this once and kept in ${folder}/admin.key:\n${printed}\n`,
        );
        expect(errors).toBe('');
        expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
        const file = join(folder, 'admin.key');
        expect(await readFile(file, 'utf8')).toBe(`${printed}\n`);
        expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');

        const second = new ServerUnderTest(folder);
        const again = await second.listening();
        const known = await new GraphqlClient(again, printed).request('{ cases { nodes { id } } }');
        expect(known).toEqual({ cases: { nodes: [] } });
        expect(await second.stop()).toMatchObject({
          code: 0,
          errors: '',
          output: `Caseledger listens on ${again}\nGraphQL  ${again}/graphql\nIDE      ${again}/graphiql\n`,
        });
        expect(await readFile(file, 'utf8')).toBe(`${printed}\n`);
      }),
    90_000,
  );

  it('keeps the key of another log, which may be the only way into that one', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'data');
      await (await serverHere(folder, {})).stop();
      expect((await stat(folder)).mode & 0o077).toBe(0);
      const first = await readFile(join(folder, 'admin.key'), 'utf8');
      for (const name of await readdir(folder)) if (/^(log|read)/.test(name)) await rm(join(folder, name));
      await (await serverHere(folder, {})).stop();
      expect(await readFile(join(folder, 'admin.key'), 'utf8')).not.toBe(first);
      const [kept] = (await readdir(folder)).filter((name) => name.startsWith('admin.key.'));
      expect(await readFile(join(folder, kept), 'utf8')).toBe(first);
    }));
});
