import { type ExecutionResult } from 'graphql';
import { Place, PrincipalLoad } from './principal-load.js';

describe('the load of one principal', () => {
  /** A query that ends when it is told to. */
  const query = () => {
    let end!: (result: ExecutionResult) => void;
    let fail!: (error: Error) => void;
    const ended = new Promise<ExecutionResult>((resolve, reject) => ([end, fail] = [resolve, reject]));
    const state = { started: false, end, fail, run: () => ((state.started = true), ended) };
    return state;
  };
  const turn = () => new Promise(setImmediate);

  it('is eight queries at once; the others wait their turn, and nobody else for them', async () => {
    const load = new PrincipalLoad(0);
    const queries = Array.from({ length: 10 }, query);
    const results = queries.map(({ run }) => new Place(load, 'ann').run(run));
    expect(queries.map(({ started }) => started)).toEqual([...Array<boolean>(8).fill(true), false, false]);
    const other = query();
    const others = new Place(load, 'bob').run(other.run);
    expect(other.started).toBe(true);
    queries[3].end({ data: { n: 3 } });
    expect(await results[3]).toEqual({ data: { n: 3 } });
    await turn();
    expect([queries[8].started, queries[9].started]).toEqual([true, false]);
    queries[0].fail(new Error('gone'));
    await expect(results[0]).rejects.toThrow('gone');
    await turn();
    expect(queries[9].started).toBe(true);
    for (const { end } of [...queries, other]) end({ data: {} });
    await Promise.all([...results.slice(1), others]);
  });

  it('is bounded in those that wait too', async () => {
    const load = new PrincipalLoad(0);
    const queries = Array.from({ length: 108 }, query);
    const results = queries.map(({ run }) => new Place(load, 'ann').run(run));
    const refused = (await new Place(load, 'ann').run(query().run)) as ExecutionResult;
    expect(refused.errors?.[0].extensions).toEqual({ code: 'OVERLOADED', allowed: 108 });
    for (const { end } of queries) end({ data: {} });
    expect(await Promise.all([...results])).toHaveLength(108);
    expect(queries.every(({ started }) => started)).toBe(true);
  });

  it('hands a place on to the one that waits, before any newcomer', async () => {
    const load = new PrincipalLoad(0);
    const queries = Array.from({ length: 9 }, query);
    const results = queries.map(({ run }) => new Place(load, 'ann').run(run));
    queries[0].end({ data: {} });
    await results[0];
    const newcomer = query();
    const last = new Place(load, 'ann').run(newcomer.run);
    await turn();
    expect([queries[8].started, newcomer.started]).toEqual([true, false]);
    for (const { end } of [...queries, newcomer]) end({ data: {} });
    await Promise.all([...results, last]);
  });

  it('is not what waits for something to happen, until it goes on', async () => {
    const load = new PrincipalLoad(0);
    const queries = Array.from({ length: 9 }, query);
    const places = queries.map(() => new Place(load, 'ann'));
    const results = queries.map(({ run }, n) => places[n].run(run));
    places[0].giveUp();
    places[0].giveUp();
    await turn();
    expect(queries[8].started).toBe(true);
    let again = false;
    const taken = places[0].takeAgain().then(() => (again = true));
    await turn();
    expect(again).toBe(false);
    queries[1].end({ data: {} });
    await taken;
    // One that ended while it waited takes no place, however often it is told to.
    places[2].giveUp();
    queries[2].end({ data: {} });
    await results[2];
    await places[2].takeAgain();
    const two = [query(), query()];
    const more = two.map(({ run }) => new Place(load, 'ann').run(run));
    expect(two.map(({ started }) => started)).toEqual([true, false]);
    for (const { end } of [...queries, ...two]) end({ data: {} });
    await Promise.all([...results, ...more]);
  });

  it('does not keep the place of one that ends at once, by an answer or an error', () => {
    const load = new PrincipalLoad(0);
    const fails = () => {
      throw new Error('no');
    };
    for (let n = 0; n < 20; n++) {
      expect(new Place(load, 'ann').run(() => ({ data: { n } }))).toEqual({ data: { n } });
      expect(() => new Place(load, 'ann').run(fails)).toThrow('no');
    }
  });

  it('is so many operations in a second, and the next second as many again', () => {
    let now = 10_250;
    const load = new PrincipalLoad(3, () => now);
    for (let n = 0; n < 3; n++) expect(load.count('ann')).toBeUndefined();
    expect(load.count('ann')?.extensions).toEqual({ code: 'RATE_LIMITED', allowed: 3, retryAfterMs: 750 });
    expect(load.count('bob')).toBeUndefined();
    now = 11_000;
    expect(load.count('ann')).toBeUndefined();
    const unlimited = new PrincipalLoad(0);
    for (let n = 0; n < 1_000; n++) expect(unlimited.count('ann')).toBeUndefined();
  });
});
