// Ends with a worker all that its tests started: a test that fails leaves servers behind, and a reader of the run's output waits
// for each process that could still write to it.
import { subscribe } from 'node:diagnostics_channel';

const running = new Set();
subscribe('child_process', ({ process: child }) => {
  running.add(child);
  child.once('exit', () => running.delete(child));
});

process.once('exit', () => {
  for (const child of running) {
    child.kill('SIGTERM');
    // One that a test froze hears of it.
    child.kill('SIGCONT');
  }
});

// What a failed test leaves open holds the worker too: no longer than the run.
process.once('disconnect', () => process.exit());
