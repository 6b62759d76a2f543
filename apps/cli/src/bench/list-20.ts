import { type Benchmark } from './benchmark.js';
import { history } from './history/history.js';
import { graphqlBody, type Load } from './load/load.js';
import { type MeasuredServer } from './measured-server.js';
import { inTurns, resultOf, type Side } from './rounds.js';

export const CALLERS = 16;

/** 20 open cases with parties and observations. */
export const LIST = `{
  cases(first: 20, filter: { status: { eq: OPEN } }) {
    nodes {
      id number title status revision recordedAt
      parties(first: 3) { nodes { id name partyKind partyRoles } }
      observations(first: 3) { nodes { id status observedAt { stated } revision } }
    }
  }
}`;

/** 20 cases with two nested lists and a filter, out of a long history, against the same query over rows in memory. */
export const list20: Benchmark = {
  name: 'list.20',
  run: async (bench) => {
    const { preset, servers } = bench;
    const past = await history(bench);
    const [product, constant] = await Promise.all([servers.over(past.folder), servers.constant]);
    const { cases } = await product.client.request<{ cases: { nodes: object[] } }>(LIST);
    if (cases.nodes.length !== 20) throw new Error(`The list holds ${cases.nodes.length} cases.`);
    constant.tell({ rows: cases });
    const ask = (server: MeasuredServer, callers: number, seconds: number) => {
      const { url, key } = server;
      const load: Load = { url, key, callers, seconds, body: graphqlBody(LIST), expected: '"nodes":[{"id"' };
      return servers.load.runWell(load);
    };
    for (const server of [product, constant]) await ask(server, CALLERS, preset.seconds * 2);
    const sides = await inTurns(
      async (): Promise<Side> => {
        const { rate } = await ask(product, CALLERS, preset.seconds);
        // How long one caller waits when nobody else asks.
        const { p50, p99 } = await ask(product, 1, preset.seconds / 2);
        return { value: rate, p50, p99 };
      },
      async (): Promise<Side> => ({ value: (await ask(constant, CALLERS, preset.seconds)).rate }),
    );
    const about = {
      name: 'list.20',
      unit: 'requests/s',
      target: '>= 0.4 of the same query over rows in memory, p50 < 2 ms',
      note: `${CALLERS} callers, p50 and p99 those of a single one; ${past.rowVersions.toLocaleString('en')} row versions`,
    };
    return resultOf(about, sides, ({ ratio, p50 }) => ratio! >= 0.4 && p50! < 2);
  },
};
