import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';

/** Every file below these folders whose name fits, as `[path, text]`. */
function files(folders: string[], fits: (name: string) => boolean): [path: string, text: string][] {
  return folders.flatMap((folder) =>
    (readdirSync(join(packageRoot, folder), { recursive: true }) as string[])
      .filter(fits)
      .map((path): [string, string] => [path, readFileSync(join(packageRoot, folder, path), 'utf8')]),
  );
}

/** The codes in the first columns of the tables in docs/errors.md that have a column of codes. */
function documented(): string[] {
  const tables = readFileSync(join(packageRoot, 'docs/errors.md'), 'utf8').split(/\n\n+/);
  const rows = tables.filter((table) => /^\| code /.test(table)).flatMap((table) => table.split('\n').slice(2));
  return rows.flatMap((row) => row.split('|')[1].match(/[A-Z][A-Z_]+/g) ?? []);
}

const isTest = (name: string): boolean => /\.spec\.ts$|^(contracts|crash|e2e|scenarios)\/.*\.ts$/.test(name);
const named = (code: string): RegExp => new RegExp(`['"\`]${code}['"\`]`);

describe('docs/errors.md', () => {
  const codes = documented();

  it('has an entry for each code once', () => {
    expect(codes.length).toBeGreaterThan(30);
    expect(codes).toEqual([...new Set(codes)]);
  });

  const tests = files(['apps', 'libs', 'test'], (name) => isTest(name) && !name.endsWith('error-codes.spec.ts'));
  it.each(codes)('has an entry that a test names: %s', (code) => {
    expect(tests.filter(([, text]) => named(code).test(text)).map(([path]) => path)).not.toEqual([]);
  });

  it('has an entry for each code that the software refuses with', () => {
    const sources = files(['apps', 'libs'], (name) => name.endsWith('.ts') && !isTest(name));
    const refusing = /\b(?:refuse|apiError|new Refusal)\(\s*'([A-Z_]+)'/g;
    const used = sources.flatMap(([, text]) => [...text.matchAll(refusing)].map(([, code]) => code));
    expect(used.length).toBeGreaterThan(30);
    expect([...new Set(used)].filter((code) => !codes.includes(code))).toEqual([]);
  });
});
