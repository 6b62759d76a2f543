import { setImmediate } from 'node:timers/promises';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { type ImportedCommand } from './import-command.js';
import { ImportRun, type ImportSteps, type LineAnswer } from './import-run.js';
import { type Line } from './lines.js';

async function* lines(...texts: string[]): AsyncGenerator<Line, void> {
  for (const [n, text] of texts.entries()) yield await Promise.resolve({ number: n + 1, text });
}

/** `+a` opens case a, `a` and `a1` are commands on it, `?a` one that looks at other streams; `!` is no command. */
function read({ text }: Line): ImportedCommand {
  if (text === '!') throw new Error('no command');
  const caseId = text!.replace(/^[+?]|\d$/g, '');
  const sent = { name: 'x', input: Object, creates: text!.startsWith('+'), needsOthers: /^[+?]/.test(text!) };
  return { sent, command: { commandId: text!, caseId } };
}

const commandIdOf = () => undefined;

/** Runs lines over a sender whose commands end when they are told to; `begun` are those that were sent, in their order. */
function running(texts: string[], over: Partial<ImportSteps> = {}) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const send = ({ command: { commandId, caseId } }: ImportedCommand) => {
    begun.push(commandId);
    return new Promise<CommandResult>((resolve, reject) => {
      const result = { subjectId: caseId!, stream: '', events: [], revision: 0, sequence: 0, repeated: false };
      ends.set(commandId, (error) => (error ? reject(error) : resolve(result)));
    });
  };
  const format = (error: unknown) => ({ message: (error as Error).message });
  const run = new ImportRun({ read, commandIdOf, send, format, admit: () => undefined, ...over });
  const answers = run.answers(lines(...texts));
  const all = (async () => {
    const told: LineAnswer[] = [];
    for await (const one of answers) told.push(one);
    return told;
  })();
  const end = async (id: string, error?: Error) => {
    await turns();
    ends.get(id)!(error);
    await turns();
  };
  return { begun, end, all };
}

/** Lets everything go on that waits for nothing but its turn. */
const turns = async () => {
  for (let n = 0; n < 50; n++) await Promise.resolve();
};

describe('ImportRun', () => {
  it('sends commands on different cases at once, and answers in the order of the lines', async () => {
    const { begun, end, all } = running(['a', 'b', '!']);
    await turns();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    await end('a');
    expect((await all).map((one) => [one.line, 'error' in one])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  it('begins what is on a case when the case is opened', async () => {
    const { begun, end, all } = running(['+a', 'a', 'b', 'a']);
    await turns();
    expect(begun).toEqual(['+a', 'b']);
    await end('+a');
    expect(begun).toEqual(['+a', 'b', 'a', 'a']);
    await end('b');
    await end('a');
    expect(await Promise.race([all, turns().then(() => 'waits for the first a')])).toBe('waits for the first a');
  });

  it.each(Array.from({ length: 12 }, (_, n) => n))(
    'keeps the order of a case whose opening is over as its next line comes, %i turns later',
    async (later) => {
      let come!: () => void;
      const third = new Promise<void>((resolve) => (come = resolve));
      let lines = 0;
      const { begun, end, all } = running(['+a', 'a1', 'a2'], { admit: () => (++lines === 3 ? third : undefined) });
      const opened = end('+a');
      for (let turn = 0; turn < 50 + later; turn++) await Promise.resolve();
      come();
      await opened;
      expect(begun).toEqual(['+a', 'a1', 'a2']);
      await end('a1');
      await end('a2');
      await all;
    },
  );

  it('lets what looks at other streams wait for all before it, and what follows for it', async () => {
    const { begun, end, all } = running(['a', '?b', 'c']);
    await turns();
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', '?b']);
    await end('?b', new Error('refused'));
    expect(begun).toEqual(['a', '?b', 'c']);
    await end('c');
    expect((await all).map((one) => 'error' in one)).toEqual([false, true, false]);
  });

  it('asks whether a line may still be taken when it has come, not before', async () => {
    const asked: string[] = [];
    const admit = () => Promise.resolve(void asked.push('admitted'));
    async function* late(): AsyncGenerator<Line, void> {
      await turns();
      asked.push('came');
      yield { number: 1, text: '!' };
    }
    const run = new ImportRun({
      ...{ read, commandIdOf },
      send: () => Promise.reject(new Error()),
      format: () => ({ message: '' }),
      admit,
    });
    for await (const { line } of run.answers(late())) expect(line).toBe(1);
    expect(asked).toEqual(['came', 'admitted']);
  });

  it('answers what was begun before it says why no more is taken', async () => {
    let admitted = 0;
    const admit = () => (admitted++ < 1 ? undefined : Promise.reject(new Error('ending')));
    const { end, all } = running(['a', 'b'], { admit });
    const failed = expect(all).rejects.toThrow('ending');
    await end('a');
    await failed;
  });

  it('answers all that was begun when no more lines come, also with as many under way as there may be', async () => {
    const broken = new Error('The upload was broken off.');
    async function* breakingOff(): AsyncGenerator<Line, void> {
      for (let n = 1; n <= 256; n++) yield await Promise.resolve({ number: n, text: `c${n}` });
      throw broken;
    }
    const ends: (() => void)[] = [];
    const send = ({ command: { caseId } }: ImportedCommand) =>
      new Promise<CommandResult>((resolve) => {
        const result = { subjectId: caseId!, stream: '', events: [], revision: 0, sequence: 0, repeated: false };
        ends.push(() => resolve(result));
      });
    const unheard: unknown[] = [];
    const hear = (error: unknown) => unheard.push(error);
    process.on('unhandledRejection', hear);
    try {
      const format = (error: unknown) => ({ message: (error as Error).message });
      const answers = new ImportRun({ read, commandIdOf, send, format, admit: () => undefined }).answers(breakingOff());
      const first = answers.next();
      // Longer than it takes until a failure that nobody has heard of ends the process.
      while (ends.length < 256) await setImmediate();
      await setImmediate();
      expect(unheard).toEqual([]);
      for (const end of ends) end();
      const told = [(await first).value];
      await expect(
        (async () => {
          for await (const one of answers) told.push(one);
        })(),
      ).rejects.toBe(broken);
      expect(told.map((one) => (one as LineAnswer).line)).toEqual(Array.from({ length: 256 }, (_, n) => n + 1));
    } finally {
      process.off('unhandledRejection', hear);
    }
  });
});
