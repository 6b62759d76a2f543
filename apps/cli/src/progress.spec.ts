import { Progress } from './progress.js';

/** A progress whose clock stands where the test puts it. */
function started(isTTY: boolean, total = 1_000_000, columns = 100) {
  const written: string[] = [];
  const clock = { time: 0 };
  const output = { isTTY, columns, write: (text: string) => written.push(text) };
  return { written, clock, progress: new Progress('Verifying', total, { output, now: () => clock.time }) };
}

describe('progress', () => {
  it('draws one bar on a terminal, at most ten times a second, and takes it away', () => {
    const { written, clock, progress } = started(true);
    for (clock.time = 0; clock.time <= 2_000; clock.time += 10) progress.at(clock.time * 200);
    expect(written).toHaveLength(20);
    expect(written.at(-1)).toBe(
      '\r██████████░░░░░░░░░░░░░░ Verifying: 40 % of 1,000,000 events, 200,000 events/s, 3 s left\u001b[K',
    );
    progress.end();
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it.each([
    [80, '\r██████░░░░░░░░░ Verifying: 40 % of 1,000,000 events, 200,000 events/s, 3 s left\u001b[K'],
    [64, '\rVerifying: 40 % of 1,000,000 events, 200,000 events/s, 3 s left\u001b[K'],
    [40, '\rVerifying: 40 % of 1,000,000 events, 20\u001b[K'],
  ])('fits a terminal of %i columns: the bar gives way to the figures', (columns, line) => {
    const { written, clock, progress } = started(true, 1_000_000, columns);
    clock.time = 2_000;
    progress.at(400_000);
    expect(written).toEqual([line]);
  });

  it('writes a plain line every five seconds elsewhere', () => {
    const { written, clock, progress } = started(false);
    for (clock.time = 0; clock.time <= 10_000; clock.time += 100) progress.at(clock.time);
    progress.end();
    expect(written).toEqual([
      'Verifying: 0 % of 1,000,000 events, 1,000 events/s, 16 min 35 s left\n',
      'Verifying: 1 % of 1,000,000 events, 1,000 events/s, 16 min 30 s left\n',
    ]);
  });

  it('says nothing of a run that is over at once, and divides by nothing', () => {
    const { written, clock, progress } = started(false, 0);
    progress.at(0);
    progress.end();
    expect(written).toEqual([]);
    clock.time = 5_000;
    progress.at(0);
    expect(written).toEqual(['Verifying: 100 % of 0 events, 0 events/s\n']);
  });
});
