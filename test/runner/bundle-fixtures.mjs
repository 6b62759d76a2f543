// Puts each module of projections that threads of tests load into one file, as the product's are: a thread then finds and
// compiles one in place of thirty.
import { build } from 'esbuild';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, '..', '..', 'dist', 'test', 'contracts', 'fixtures');

export default () =>
  build({
    entryPoints: [join(fixtures, '*.mjs')],
    outdir: join(fixtures, 'bundled'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@photostructure/sqlite'],
    logLevel: 'warning',
  });
