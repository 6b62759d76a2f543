import { execFileSync } from 'node:child_process';
import { inShell } from './in-shell.js';

describe('inShell', () => {
  it('leaves alone what needs no quotes', () => {
    expect(inShell('/srv/case-ledger_1/data.d')).toBe('/srv/case-ledger_1/data.d');
  });

  it.each(['/my data', "it's", '$HOME', 'a"b`c`', '', 'ü\\n', '~/x', 'a\nb'])('is taken back whole: %j', (word) => {
    expect(execFileSync('sh', ['-c', `printf %s ${inShell(word)}`], { encoding: 'utf8' })).toBe(word);
  });
});
