import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canMount, smallDisk } from '../../../test/crash/disks.js';
import { placeSecret, secretIn, SecretNotKept, SecretUnreadable } from './secret-file.js';

describe('a secret of the installation', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'caseledger-secret-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once, stays, and is its owner’s alone', async () => {
    const secret = secretIn(folder, 'cursor.key');
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(secretIn(folder, 'cursor.key')).toBe(secret);
    expect(secretIn(folder, 'other.key')).not.toBe(secret);
    expect((await stat(join(folder, 'cursor.key'))).mode & 0o777).toBe(0o600);
  });

  it('is made though a start died while it made one', async () => {
    await writeFile(join(folder, 'cursor.key.0a1b2c3d4e5f.new'), 'abc');
    expect(secretIn(folder, 'cursor.key')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the one that was there first, and nothing else is left', async () => {
    const file = join(folder, 'cursor.key');
    placeSecret(file, 'first');
    placeSecret(file, 'second');
    expect(await readFile(file, 'utf8')).toBe('first');
    expect(await readdir(folder)).toEqual(['cursor.key']);
  });

  (canMount ? it : it.skip)('is not made on a full disk, in a sentence, and leaves nothing behind', () =>
    smallDisk(1)(async (disk) => {
      await expect(writeFile(join(disk, 'full'), Buffer.alloc(2 ** 20 + 1))).rejects.toThrow('ENOSPC');
      const file = join(disk, 'cursor.key');
      const sentence = `The disk that holds ${file} is full: free some space on it and start again.`;
      expect(() => secretIn(disk, 'cursor.key')).toThrow(new SecretNotKept(sentence));
      expect(await readdir(disk)).toEqual(['full']);
    }),
  );

  it('is not guessed where its file holds something else', async () => {
    await writeFile(join(folder, 'cursor.key'), '');
    expect(() => secretIn(folder, 'cursor.key')).toThrow(SecretUnreadable);
    expect(() => secretIn(folder, 'cursor.key')).toThrow('delete it for a new one');
  });
});
