import { randomBytes } from 'node:crypto';
import { latencies } from '../rounds.js';
import { Connection } from './connection.js';
import { type FromGenerator, type Load, type LoadResult } from './load.js';

/** The load's own process: takes one load after the other from its parent and sends back what it came to. */

/** No two requests of any generator carry the same id. */
const run = randomBytes(8).toString('hex');
let requests = 0;
const nextId = (): string => `${run}-${String(++requests).padStart(12, '0')}`;

async function generate(load: Load): Promise<LoadResult> {
  const { hostname, port } = new URL(load.url);
  const connections = await Promise.all(
    Array.from({ length: load.callers }, () => Connection.open(hostname, Number(port))),
  );
  const samples: number[] = [];
  const wrong: string[] = [];
  let left = load.requests ?? Infinity;
  const start = performance.now();
  const end = start + load.seconds * 1000;
  const call = async (connection: Connection, caller: number): Promise<void> => {
    const [head, ...pieces] = pieced(load, caller);
    for (let now = start; now < end && left-- > 0;) {
      const { status, body } = await connection.send(head + pieces.join(nextId()));
      const done = performance.now();
      if (status !== 200 || !body.startsWith('{"data":{') || (load.expected && !body.includes(load.expected)))
        wrong.push(`${status} ${body.slice(0, 500)}`);
      else samples.push(done - now);
      now = done;
    }
  };
  try {
    await Promise.all(connections.map(call));
  } finally {
    for (const connection of connections) connection.close();
  }
  const seconds = (performance.now() - start) / 1000;
  const count = samples.length;
  return { rate: count / seconds, count, ...latencies(samples), failed: wrong.length, failure: wrong[0] ?? null };
}

/** The head of this caller's requests, and its body in pieces between which an id goes. All ids are of one length. */
function pieced({ url, key, body, cases = [] }: Load, caller: number): string[] {
  const own = body.replaceAll('%CASE%', cases[caller % cases.length] ?? '');
  const pieces = own.split('%ID%');
  const length = Buffer.byteLength(pieces.join('0'.repeat(29)));
  const head =
    `POST /graphql HTTP/1.1\r\nhost: ${new URL(url).host}\r\nauthorization: Bearer ${key}\r\n` +
    `accept: application/json\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  return [head, ...pieces];
}

process.on('message', (load: Load) => {
  const answer = (message: FromGenerator): void => void process.send!(message);
  generate(load).then(
    (result) => answer({ result }),
    (error: Error) => answer({ broken: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
