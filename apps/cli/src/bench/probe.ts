import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import { type AccessRecorder } from '#access/reads/access-recorder.js';

/**
 * Loaded into a measured server before its own code (`--import`): tells its parent how late its event loop is and what
 * memory the process holds. It is told `begin`, and answers `report`. Told `{ recording: false }`, it lets nothing be noted of who
 * reads what, until it is told otherwise.
 */
export interface ProbeReport {
  /** The 99th percentile of how late a timer of one millisecond fires, in milliseconds. */
  delayP99: number;
  /** Resident memory of the whole process, in bytes. */
  rss: number;
}

const RESOLUTION = 1;

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  let note: AccessRecorder['note'] | undefined;
  /** Only where it is asked for: a second copy of what is in the server's one file would confuse its schema. */
  const letRecord = async (recording: boolean): Promise<void> => {
    const { AccessRecorder: recorder } = await import('#access/reads/access-recorder.js');
    note ??= Object.getOwnPropertyDescriptor(recorder.prototype, 'note')!.value as AccessRecorder['note'];
    recorder.prototype.note = recording ? note : () => undefined;
  };
  process.on('message', (message) => {
    const { recording } = message as { recording?: boolean };
    if (recording !== undefined) void letRecord(recording);
    if (message === 'begin') {
      delay.reset();
      delay.enable();
    } else if (message === 'report') {
      delay.disable();
      const report: ProbeReport = {
        delayP99: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION),
        rss: process.memoryUsage.rss(),
      };
      process.send!(report);
    }
  });
  // Whoever stops the parent stops this too.
  process.on('disconnect', () => process.exit(0));
}
