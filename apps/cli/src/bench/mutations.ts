import { type Bench, type Result } from './benchmark.js';
import { CALLERS, noteLoad, openCases, PLAIN } from './note-load.js';
import { inTurns, resultOf, type Side } from './rounds.js';
import { warmUp } from './warm-up.js';

/** Notes by 64 callers on 64 cases, against the same mutation answering a constant. */
export async function mutationsAgainstConstant(
  { preset, servers }: Bench,
  about: { name: string; body: string; least: number },
): Promise<Result> {
  const { name, body, least } = about;
  const { load } = servers;
  const [product, constant] = await Promise.all([servers.product, servers.constant]);
  await warmUp(servers, body, preset);
  const measure = async (server: typeof product, cases: string[]): Promise<Side> => {
    const { rate, p50, p99 } = await load.runWell(noteLoad(server, preset.seconds, cases, body));
    return { value: rate, p50, p99 };
  };
  const unused = [crypto.randomUUID()];
  const sides = await inTurns(
    async () => measure(product, await openCases(product, CALLERS)),
    () => measure(constant, unused),
  );
  const target = `>= ${least} of the same mutation, validated by the same pipe, answering a constant`;
  const what = body === PLAIN ? 'the case not selected' : 'the case selected';
  return resultOf(
    { name, unit: 'mutations/s', target, note: `64 callers on 64 cases, ${what}` },
    sides,
    ({ ratio }) => ratio! >= least,
  );
}
