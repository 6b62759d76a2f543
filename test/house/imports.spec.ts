import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '#event-sourcing/package-root.js';

const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts')),
);

/** What a file imports by a relative path, types too; across libs the floors of `eslint.config.mjs` hold. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(packageRoot, file), 'utf8'), true, false);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => join(dirname(file), name.replace(/\.js$/, '.ts')));
}

/** Each circle that a walk through the graph meets, as the files on its way round. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const before = way.indexOf(file);
    if (before >= 0) found.push([...way.slice(before), file].join(' -> '));
    if (before >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

describe('the imports', () => {
  it('form no circle', () => {
    const graph = new Map(sources.map((file) => [file, importsOf(file)]));
    expect(graph.size).toBeGreaterThan(500);
    const known = new Set(graph.keys());
    expect([...graph.values()].flat().filter((file) => /^(apps|libs)\/.*\.ts$/.test(file) && !known.has(file))).toEqual(
      [],
    );
    expect(circles(graph)).toEqual([]);
  });

  it('would be told of, the way round', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']],
    ]);
    expect(circles(graph)).toEqual(['b -> d -> b']);
  });
});
