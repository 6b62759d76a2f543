import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtFile } from '#event-sourcing/built-file.js';

/** The text of a built file and of all that it imports. */
function textOf(file: string, seen = new Set<string>()): string {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/^(?:import|export|\} from)[^;]*?"(\.[^"]+)";/gm)].map(([, path]) => path);
  return [text, ...imported.map((path) => textOf(join(dirname(file), path), seen))].join('\n');
}

const COMPILERS = ['SqliteQueryCompiler', 'Ajv2020'];

describe('what is built', () => {
  it.each([
    'libs/read-models/src/sqlite/projector-thread',
    'libs/read-models/src/sqlite/reader-thread',
    'libs/read-models/src/sqlite/build/fold-thread',
    'libs/read-models/src/sqlite/build/write-thread',
    'libs/read-models/src/postgres/projector-thread',
    'libs/read-models/src/postgres/build-thread',
    'libs/investigation/src/projections-module',
  ])('of the thread %s compiles neither statements nor schemas: each start would load that', (thread) => {
    const text = textOf(builtFile(thread));
    expect(text.length).toBeGreaterThan(5_000);
    expect(COMPILERS.filter((name) => text.includes(name))).toEqual([]);
  });

  it('of the command line loads neither SQLite nor a client of HTTP before a command asks for them', () => {
    const text = textOf(builtFile('apps/cli/src/main'));
    expect(text.length).toBeGreaterThan(50_000);
    expect(['@photostructure/sqlite', 'node_modules/undici/'].filter((name) => text.includes(name))).toEqual([]);
  });

  it('of the command line can check what it reads', () => {
    expect(textOf(builtFile('libs/event-sourcing/src/log/sqlite/verify/verify-thread'))).toContain('Ajv2020');
  });
});
