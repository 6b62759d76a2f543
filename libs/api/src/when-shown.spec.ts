import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { type ReadModelsStatus } from '#read-models/read-models.js';
import { type ReadModelsState } from '#read-models/read-models-state.js';
import { whenShown } from './when-shown.js';

/** Of a log that does not tell the places of what it stores. */
const result = {
  ...{ revision: 4, sequence: null, repeated: false },
  events: ['a', 'b'].map((id) => ({ id, type: 'NoteAdded', sequence: null })),
} as unknown as CommandResult;
const never = () => new Promise<never>(() => undefined);
const status = (failure: object | null) => () => ({ failure }) as unknown as ReadModelsStatus;

/** Read models that show everything at once, and say how long they were to wait. */
function shown(readWaitMs: number, failure: object | null = null) {
  const waits: number[] = [];
  const waitFor = (_: number, timeoutMs: number): Promise<ReadModelsState> => {
    waits.push(timeoutMs);
    return Promise.resolve('CURRENT');
  };
  return { readModels: { waitFor, status: status(failure) }, readWaitMs, waits };
}

describe('an answer that waits for what was recorded', () => {
  it('is told the places of its events where only the log’s order tells them', async () => {
    const at = () => Promise.resolve({ sequence: 9 } as never);
    const { state, placed } = await whenShown(result, { head: () => Promise.resolve(12), at }, shown(1_000));
    expect(state).toBe('CURRENT');
    expect(placed).toMatchObject({ sequence: 9, events: [{ sequence: 8 }, { sequence: 9 }] });
  });

  it.each([
    ['BEHIND', null],
    ['FAILED', {}],
  ])('waits no longer for a log that does not tell its head: %s', async (state, failure) => {
    const answer = await whenShown(result, { head: never, at: never }, shown(20, failure));
    expect(answer).toEqual({ state, placed: result });
  });

  it('waits for its place and for the read models as long as for one of them', async () => {
    const showing = shown(10_000);
    const head = () => new Promise<number>((resolve) => setTimeout(() => resolve(12), 30));
    await whenShown(result, { head, at: () => Promise.resolve({ sequence: 9 } as never) }, showing);
    expect(showing.waits).toEqual([expect.any(Number)]);
    expect(showing.waits[0]).toBeLessThan(9_980);
  });

  it('is durable, though the log cannot be read', async () => {
    const head = () => Promise.reject(new LogUnavailable('It is away.'));
    expect(await whenShown(result, { head, at: never }, shown(1_000))).toEqual({ state: 'BEHIND', placed: result });
  });
});
