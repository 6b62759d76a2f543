import { execFileSync } from 'node:child_process';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inFolder } from '../crash/folder.js';

const run = (command: string, ...parameters: string[]): string =>
  execFileSync(command, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** Why no image of a disk can be mounted here; undefined if one can. */
export const noImages: string | undefined = (() => {
  const place = mkdtempSync(join(tmpdir(), 'caseledger-test-'));
  try {
    const [file, folder] = [join(place, 'image'), join(place, 'disk')];
    mkdirSync(folder);
    run('truncate', '-s', '8M', file);
    run('mkfs.ext4', '-q', '-F', file);
    run('mount', '-o', 'loop', file, folder);
    run('umount', folder);
    return undefined;
  } catch (error) {
    const { code, path, stderr } = error as { code?: string; path?: string; stderr?: string };
    return code === 'ENOENT' ? `${path} is not installed` : `no disk image can be mounted: ${String(stderr).trim()}`;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
})();

/** A disk of its own (ext4) whose blocks are a file. */
export class Image {
  private constructor(
    private readonly file: string,
    readonly folder: string,
    private readonly device: string,
  ) {}

  /** Runs on a new disk of so many MiB, mounted at `folder`. */
  static on<T>(size: number, test: (disk: Image) => Promise<T>): Promise<T> {
    return inFolder(async (place) => {
      const file = join(place, 'image');
      await writeFile(file, '');
      await truncate(file, size * 1_048_576);
      run('mkfs.ext4', '-q', '-F', file);
      return Image.mounted(place, file, test);
    });
  }

  private static async mounted<T>(place: string, file: string, test: (disk: Image) => Promise<T>): Promise<T> {
    const folder = join(place, 'disk');
    await mkdir(folder);
    const device = run('losetup', '--find', '--show', file);
    try {
      run('mount', device, folder);
      try {
        return await test(new Image(file, folder, device));
      } finally {
        // Lazily: a connection that is closed keeps its file until its statements are collected.
        run('umount', '--lazy', folder);
      }
    } finally {
      run('losetup', '--detach', device);
    }
  }

  /**
   * Runs on a copy of the disk as it would be found after the power was cut at this moment: its blocks as they have been
   * written so far, without whatever the system still holds back. Nobody may write to the disk meanwhile; if the system
   * itself does, it is copied again.
   */
  async cut<T>(test: (copy: Image) => Promise<T>): Promise<T> {
    return inFolder(async (place) => {
      const file = join(place, 'image');
      for (let tries = 1; ; tries++) {
        const before = await this.writes();
        run('cp', '--sparse=always', this.file, file);
        if (before !== null && before === (await this.writes())) break;
        if (tries === 50) throw new Error('The disk is being written without end; no moment of it can be copied.');
      }
      return Image.mounted(place, file, test);
    });
  }

  /** How much was written to the device so far; null while a write is under way. */
  private async writes(): Promise<string | null> {
    const stat = await readFile(`/sys/block/${basename(this.device)}/stat`, 'utf8');
    // See the kernel's Documentation/block/stat: writes, sectors written, in flight.
    const fields = stat.trim().split(/\s+/);
    return fields[8] === '0' ? `${fields[4]} ${fields[6]}` : null;
  }
}
