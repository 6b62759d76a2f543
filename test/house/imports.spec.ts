import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '#event-sourcing/package-root.js';

const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts')),
);

/** What a file names in its imports, types and late ones too. */
const namesIn = (file: string): string[] =>
  ts
    .preProcessFile(readFileSync(join(packageRoot, file), 'utf8'), true, false)
    .importedFiles.map(({ fileName }) => fileName);

/** What a file imports by a relative path. */
function importsOf(file: string): string[] {
  return namesIn(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => join(dirname(file), name.replace(/\.js$/, '.ts')));
}

/** The floors of the house, lowest first. */
const FLOORS = ['event-sourcing', 'read-models', 'access', 'api', 'investigation'];

/** Of what a file of a lib imports, late or by type alone too, all that does not stand below it or in its own lib. */
function upwards(file: string, imported: readonly string[]): string[] {
  const level = FLOORS.indexOf(file.split('/')[1]);
  return imported.filter((name) => {
    const other = /^#([\w-]+)\//.exec(name)?.[1];
    if (other) return !FLOORS.slice(0, level + 1).includes(other);
    return name.startsWith('.') && !join(dirname(file), name).startsWith(`libs/${FLOORS[level]}/`);
  });
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

  it('go from a lib to its own floor and those below it, never to an app', () => {
    const libs = sources.filter((file) => file.startsWith('libs/'));
    expect(libs.flatMap((file) => upwards(file, namesIn(file)).map((name) => [file, name]))).toEqual([]);
    const imported = ['#api/errors.js', '#investigation/record.js', './x.js', '../../access/src/x.js'];
    expect(upwards('libs/api/src/y.ts', [...imported, '../../../apps/server/src/z.js'])).toEqual([
      '#investigation/record.js',
      '../../access/src/x.js',
      '../../../apps/server/src/z.js',
    ]);
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
