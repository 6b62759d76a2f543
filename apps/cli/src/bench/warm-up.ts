import { type Preset } from './benchmark.js';
import { CALLERS, noteLoad, openCases } from './note-load.js';
import { type Servers } from './servers.js';

const warm = new WeakMap<Servers, Set<string>>();

/** Lets both servers' code be compiled before anything is measured; once for each body. */
export async function warmUp(servers: Servers, body: string, { seconds }: Preset): Promise<void> {
  const done = warm.get(servers) ?? new Set();
  warm.set(servers, done);
  if (done.has(body)) return;
  done.add(body);
  const product = await servers.product;
  const cases = await openCases(product, CALLERS);
  for (const server of [await servers.constant, product])
    await servers.load.runWell(noteLoad(server, seconds * 2, cases, body));
}
