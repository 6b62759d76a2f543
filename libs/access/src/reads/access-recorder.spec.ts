import { setImmediate } from 'node:timers/promises';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { ann, bob } from '../../../../test/builders/actors.js';
import { MemoryLog } from '../../../../test/builders/memory-log.js';
import { principal } from '../../../../test/builders/principals.js';
import { permissiveRegistry } from '../../../../test/builders/registry.js';
import { AccessRecorder } from './access-recorder.js';
import { ReadsRecorded, type RecordReads } from './reads-recorded.js';

describe('recording who read what', () => {
  let now: number;
  let stored: RecordReads[];
  let warned: string[];
  let storing: () => Promise<void>;
  let recorder: AccessRecorder;
  const reader = principal(ann);
  beforeEach(() => {
    jest.useFakeTimers();
    [now, stored, warned] = [Date.parse('2025-01-24T10:00:00Z'), [], []];
    storing = () => Promise.resolve();
    const execute = async (_aggregate: unknown, _slice: unknown, command: unknown) => {
      await storing();
      stored.push(command as RecordReads);
      return {} as never;
    };
    recorder = new AccessRecorder(
      { execute } as never,
      { readStream: () => [] } as never,
      {} as never,
      (said) => warned.push(said),
      () => now,
    );
  });
  afterEach(() => jest.useRealTimers());

  /** Lets so many milliseconds pass, and what then begins come to its end. */
  const pass = async (ms: number) => {
    jest.advanceTimersByTime(ms);
    await setImmediate();
  };
  const readOf = (caseId: string, recordId?: string) => recorder.note(reader, { kind: 'READ', caseId, recordId });
  const noted = () =>
    stored.map(({ caseId, reads }) => [caseId, reads.map(({ recordId, times }) => [recordId, times])]);

  it('stores nothing at once, and together what was noted within a moment: one event for each case', async () => {
    readOf('a');
    readOf('a', 'r');
    readOf('b');
    now += 100;
    readOf('a');
    expect(stored).toEqual([]);
    await pass(250);
    expect(noted()).toEqual([
      [
        'a',
        [
          [undefined, 2],
          ['r', 1],
        ],
      ],
      ['b', [[undefined, 1]]],
    ]);
    expect(stored[0].reads[0]).toEqual({
      ...{ kind: 'READ', reader: 'ann', readerName: reader.name, credential: reader.credential, times: 2 },
      ...{ firstAt: '2025-01-24T10:00:00.000Z', lastAt: '2025-01-24T10:00:00.100Z' },
      ...{ onBehalfOf: undefined, recordId: undefined, what: undefined },
    });
    await pass(10_000);
    expect(stored).toHaveLength(2);
  });

  it('parts what is more than one event holds', async () => {
    for (let n = 0; n < 1_001; n++) readOf('a', `r${n}`);
    await recorder.recorded();
    expect(stored.map(({ reads }) => reads.length)).toEqual([500, 500, 1]);
  });

  it('keeps what cannot be stored, counts on, and stores it when that is possible again', async () => {
    storing = () => Promise.reject(new Error('The disk is full.'));
    readOf('a');
    await pass(250);
    now += 500;
    readOf('a');
    readOf('b');
    await pass(1_000);
    expect(warned[0]).toContain('The disk is full.');
    storing = () => Promise.resolve();
    await pass(1_000);
    expect(noted()).toEqual([
      ['a', [[undefined, 2]]],
      ['b', [[undefined, 1]]],
    ]);
    expect(stored[0].reads[0].firstAt).toBe('2025-01-24T10:00:00.000Z');
  });

  it.each([
    ['while nothing can be stored', new Error('The disk is full.'), 0],
    ['where it is not known what is stored', new LogUnavailable('The connection was lost.', true), 1],
  ])('holds so much and no more %s, and tells how much was lost', async (_when, error, sent) => {
    storing = () => Promise.reject(error);
    for (let n = 0; n < sent; n++) readOf('a');
    if (sent > 0) await recorder.recorded();
    for (let n = 0; n < 50_007; n++) readOf('a', `r${n}`);
    await recorder.recorded();
    storing = () => Promise.resolve();
    await recorder.recorded();
    await recorder.recorded();
    expect(stored.reduce((sum, { reads }) => sum + reads.length, 0)).toBe(50_000);
    expect(warned.at(-1)).toMatch(new RegExp(`^${7 + sent} reads or denials were not recorded`));
  });

  it('stores what is left when it is closed', async () => {
    readOf('a');
    await recorder.close();
    expect(noted()).toEqual([['a', [[undefined, 1]]]]);
  });
});

describe('what was sent and not answered', () => {
  const warn = () => undefined;
  let log: MemoryLog;
  let recorder: AccessRecorder;
  let elsewhere: AccessRecorder;
  let looked: () => Promise<unknown>;
  beforeEach(async () => {
    log = await MemoryLog.create();
    const registry = permissiveRegistry(ReadsRecorded);
    const logId = await log.identity();
    looked = () => Promise.resolve();
    const readStream: MemoryLog['readStream'] = async function* (...asked) {
      yield* log.readStream(...asked);
      await looked();
    };
    const process = () =>
      new AccessRecorder(
        new CommandHandler({ log, registry, logId, authorise: () => undefined }),
        { readStream },
        registry,
        warn,
      );
    [recorder, elsewhere] = [process(), process()];
  });
  afterEach(() => recorder.close());

  const read = (by: AccessRecorder, who = ann) => by.note(principal(who), { kind: 'READ', caseId: 'a' });
  const recorded = async () => (await recorder.page('a', 10)).reads.map(({ reader, times }) => [reader, times]);

  it.each([
    ['was stored', true],
    ['was not', false],
  ])('is recorded once where it %s, and what was noted since beside it', async (_what, stored) => {
    log.failNext('access-', new LogUnavailable('The connection was lost.', true), stored);
    read(recorder);
    await recorder.recorded();
    for (let n = 0; n < 5; n++) {
      read(elsewhere, bob);
      await elsewhere.recorded();
    }
    read(recorder);
    read(recorder);
    await recorder.recorded();
    const others = Array.from({ length: 5 }, () => ['bob', 1]);
    const first = [['ann', 1]];
    expect(await recorded()).toEqual([['ann', 2], ...(stored ? [...others, ...first] : [...first, ...others])]);
  });

  it.each([0, 2])(
    'is recorded once where it is stored only after it was looked for, behind %d others',
    async (before) => {
      for (let n = 0; n < before; n++) {
        read(elsewhere, bob);
        await elsewhere.recorded();
      }
      const sent = jest.spyOn(log, 'append');
      log.failNext('access-', new LogUnavailable('The connection was lost.', true));
      read(recorder);
      await recorder.recorded();
      const first = sent.mock.calls[0];
      looked = () => {
        looked = () => Promise.resolve();
        return log.append(...first);
      };
      await recorder.recorded();
      expect(await recorded()).toEqual([['ann', 1], ...Array.from({ length: before }, () => ['bob', 1])]);
    },
  );
});
