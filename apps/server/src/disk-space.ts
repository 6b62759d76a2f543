import { statfs } from 'node:fs/promises';

/** How often the disk is looked at, in milliseconds. */
const INTERVAL = 1_000;
const MEBIBYTE = 1_048_576;

/** The free space of the disk that holds a folder, looked at every second. */
export class DiskSpace {
  /** Bytes that this user may still write; infinite where the file system does not tell. */
  free = Infinity;
  readonly floor: number;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly folder: string,
    floorMiB: number,
  ) {
    this.floor = floorMiB * MEBIBYTE;
  }

  /** @param floorMiB the free space below which nothing more is to be stored; 0: it is never too little */
  static async watch(folder: string, floorMiB: number): Promise<DiskSpace> {
    const disk = new DiskSpace(folder, floorMiB);
    await disk.look();
    return disk;
  }

  get isLow(): boolean {
    return this.free < this.floor;
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    const timer = (this.timer = setTimeout(() => void this.look(), INTERVAL).unref());
    try {
      const { blocks, bavail, bsize } = await statfs(this.folder);
      this.free = blocks === 0 ? Infinity : bavail * bsize;
    } catch {
      // A folder that cannot be asked for its space may still be written: appends tell if not.
      this.free = Infinity;
    }
    if (this.timer !== timer) clearTimeout(timer);
  }
}
