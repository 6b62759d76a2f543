import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '#event-sourcing/package-root.js';

const heap = pathToFileURL(join(packageRoot, 'dist/apps/server/src/heap.js')).href;

/** Compiles functions that are ever other ones and keeps none; tells what is left of them once it was collected, in bytes. */
const PROGRAM = `
const { boundHeap } = await import(${JSON.stringify(heap)});
boundHeap();
const body = 'x'.concat(' + 1'.repeat(20_000));
const compile = (n) => new Function('x', 'return ' + n + ' + ' + body)(n);
compile(0);
gc();
const before = process.memoryUsage().heapUsed;
for (let n = 1; n <= 40; n++) compile(n);
gc();
console.log(process.memoryUsage().heapUsed - before);
`;

it('code that was compiled from a text is forgotten with whoever used it', () => {
  const left = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', PROGRAM]);
  // Kept by V8, each takes some 100 kB.
  expect(Number(String(left))).toBeLessThan(1_000_000);
});
