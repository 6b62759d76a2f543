import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsFolder } from './secrets-folder.js';
import { startProblem } from './start-problem.js';

it('names the setting where the folder of secrets is a file, or below one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caseledger-secrets-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const problem = (path: string): string => {
    try {
      return secretsFolder({ SECRETS_DIR: path, DATA_DIR: folder });
    } catch (error) {
      return startProblem(error);
    }
  };
  for (const path of [file, join(file, 'below')])
    expect(problem(path)).toMatch(
      /^The folder .+ cannot be used \(E.+\): make it a folder this user may write in, or set SECRETS_DIR to one\.$/,
    );
  expect(problem(join(folder, 'new'))).toBe(join(folder, 'new'));
  rmSync(folder, { recursive: true });
});
