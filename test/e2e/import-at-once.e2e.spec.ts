import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseledger, start } from '../cli/caseledger.js';

it('a file is imported by one process at a time; one that was killed keeps nobody out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'caseledger-import-at-once-'));
  const file = join(folder, 'past.ndjson');
  await writeFile(file, `${JSON.stringify({ command: 'addNote', input: { commandId: randomUUID() } })}\n`);
  await writeFile(`${file}.refused`, 'of an earlier one');
  // Answers when it is told to: until then, the import goes on.
  let answer = (): void => undefined;
  const server = createServer((_request, response) => {
    answer = () => response.end('{"line":1,"repeated":false}\n{"done":true}\n');
    server.emit('asked');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const environment = { CASELEDGER_URL: `http://127.0.0.1:${port}`, CASELEDGER_KEY: 'clk_0_0' };
  const importing = async () => {
    const asked = once(server, 'asked');
    const command = start(['import', file], environment);
    await asked;
    return command;
  };
  try {
    const first = await importing();
    expect(await caseledger(['import', file], environment)).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringContaining(`${file} is being imported by another process: wait until that has ended`),
    });
    expect(await readFile(`${file}.refused`, 'utf8')).toBe('of an earlier one');
    // Nor does another file's import write its refused lines where those of this one go.
    const other = join(folder, 'other.ndjson');
    await writeFile(other, '{}\n');
    const shared = join(folder, 'by-another-name');
    await symlink(`${file}.refused`, shared);
    for (const refused of [`${file}.refused`, shared])
      expect(await caseledger(['import', other, '--refused', refused], environment)).toMatchObject({
        code: 1,
        output: '',
        errors: expect.stringContaining(`${refused} takes the refused lines of another import: name another`),
      });
    expect(await caseledger(['import', other, '--refused', join(file, 'below')], environment)).toMatchObject({
      code: 1,
      errors: expect.stringContaining(`${join(file, 'below')} cannot be written (ENOTDIR): name a file that can be`),
    });
    expect(await readdir(folder)).not.toContain('other.ndjson.lock');
    await rm(shared);
    await rm(other);
    first.kill('SIGKILL');
    await first.ended;
    const second = await importing();
    answer();
    expect(await second.ended).toMatchObject({ code: 0, errors: '' });
    expect(await readdir(folder)).toEqual(['past.ndjson']);
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
});
