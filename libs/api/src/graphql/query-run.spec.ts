import { type ExecutionResult } from 'graphql';
import { Place, PrincipalLoad } from './principal-load.js';
import { QueryRun } from './query-run.js';

/** A promise and how to fulfil it. */
const later = <T>() => {
  let come!: (value: T) => void;
  const value = new Promise<T>((resolve) => (come = resolve));
  return { value, come };
};
const never = new Promise<ExecutionResult>(() => undefined);
const TOO_LONG = { code: 'LIMIT_EXCEEDED', limit: 'time', allowed: 20 };

describe('a query under way', () => {
  it('is refused at its time limit', async () => {
    const { errors } = await new QueryRun(undefined, 1, 20).answer(() => never);
    expect(errors?.[0].extensions).toEqual(TOO_LONG);
  });

  it('uses up no time while a field of it waits for events, and the rest of it afterwards', async () => {
    const run = new QueryRun(undefined, 2, 20);
    const event = later<string>();
    const answer = run.answer(async () => {
      await Promise.resolve();
      const waited = run.wait(() => event.value);
      // Longer than its time limit: another's has passed that began later.
      const other = await new QueryRun(undefined, 1, 40).answer(() => never);
      expect(other.errors).toHaveLength(1);
      event.come('noted');
      return { data: { waited: await waited } };
    });
    expect(await answer).toEqual({ data: { waited: 'noted' } });

    const again = new QueryRun(undefined, 1, 20);
    const { errors } = await again.answer(async () => {
      await Promise.resolve();
      await again.wait(() => Promise.resolve());
      return never;
    });
    expect(errors?.[0].extensions).toEqual(TOO_LONG);
  });

  it('lets others run while all of its fields wait, and goes on when there is a place again', async () => {
    const load = new PrincipalLoad(0);
    const run = new QueryRun(new Place(load, 'ann'), 2);
    const [one, two] = [later<void>(), later<void>()];
    const answer = run.answer(async () => {
      await Promise.all([run.wait(() => one.value), run.wait(() => two.value)]);
      return { data: {} };
    });
    const [ended, started] = [later<ExecutionResult>(), [] as number[]];
    const others = Array.from({ length: 9 }, (_, n) =>
      new Place(load, 'ann').run(() => {
        started.push(n);
        return ended.value;
      }),
    );
    expect(started).toHaveLength(8);
    one.come();
    two.come();
    let answered = false;
    void Promise.resolve(answer).then(() => (answered = true));
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    ended.come({ data: {} });
    expect(await answer).toEqual({ data: {} });
    expect(await Promise.all([...others])).toHaveLength(9);
  });

  it('keeps its place while it waits with work beside it', async () => {
    const load = new PrincipalLoad(0);
    const run = new QueryRun(new Place(load, 'ann'), 2);
    const event = later<void>();
    const answer = run.answer(async () => {
      await run.wait(() => event.value);
      return { data: {} };
    });
    let started = 0;
    const others = Array.from({ length: 8 }, () => new Place(load, 'ann').run(() => (started++, { data: {} })));
    // Each ends at once, so that seven places are always enough; with eight taken by those that stay they are not.
    expect(started).toBe(8);
    const ended = later<ExecutionResult>();
    const staying = Array.from({ length: 8 }, () => new Place(load, 'ann').run(() => (started++, ended.value)));
    expect(started).toBe(15);
    event.come();
    await answer;
    ended.come({ data: {} });
    expect(await Promise.all([...others, ...staying])).toHaveLength(16);
  });
});
