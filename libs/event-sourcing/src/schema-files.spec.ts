import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectSchema } from '../../../test/builders/registry.js';
import { packageRoot } from './package-root.js';
import { loadEventSchemas, schemaFolder } from './schema-files.js';

describe('the files of event schemas', () => {
  it('are read by the name of type and version, and nothing else in the folder is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'caseledger-schemas-'));
    try {
      const schema = objectSchema('LetterSent.v1', {});
      writeFileSync(join(folder, 'LetterSent.v1.json'), JSON.stringify(schema));
      writeFileSync(join(folder, 'README.md'), '# Schemas');
      expect(loadEventSchemas(folder)).toEqual(new Map([['LetterSent.v1', schema]]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lie in the package, wherever this runs from', () => {
    expect(schemaFolder).toBe(join(packageRoot, 'schemas', 'events'));
    expect(packageRoot).toBe(join(import.meta.dirname, '../../../..'));
    for (const [name, { title }] of loadEventSchemas()) expect(title).toBe(name);
  });
});
