import { randomBytes, randomUUID } from 'node:crypto';
import { type GraphQLSchema } from 'graphql';
import { WITHHELD } from '#read-models/withhold.js';
import { until } from '../crash/until.js';
import { Random } from '../crash/random.js';
import { post } from '../e2e/post.js';
import { schemaOf } from '../e2e/selections.js';
import { Service } from '../e2e/service.js';
import { AttackSocket } from './attack-socket.js';
import { RandomDocuments } from './random-documents.js';
import { RouteWriter } from './routes.js';
import { hide, type World } from './world.js';

const DOCUMENTS = Number(process.env.ATTACK_DOCUMENTS ?? 700);
/** How many are on their way at once. */
const AT_ONCE = 12;

describe('what a restricted case says', () => {
  const written = new RouteWriter();
  const random = new Random();
  let service: Service;
  let schema: GraphQLSchema;
  let world: World;
  /** Texts that would give it away: as it is, and within what is encoded. */
  let traces: string[];
  beforeAll(async () => {
    service = await Service.apart({ LOG_LEVEL: 'verbose', ...written.environment });
    schema = await schemaOf(service);
    const canary = `canary${randomBytes(12).toString('hex')}`;
    world = await hide(service, canary);
    traces = [canary, ...encoded(canary)];
  });
  afterAll(async () => {
    await service.stop();
    written.remove();
  });

  const found = (text: string): string[] => traces.filter((trace) => text.includes(trace));

  const overHttp = async (key: string, query: string, variables: object): Promise<string> =>
    (await post(`${service.url}/graphql`, key, { query, variables })).text;

  it('is told to its members by the same documents', async () => {
    // Else it would be no wonder that the others are not told.
    const expected = ['cases', 'events'];
    const documents = new RandomDocuments(schema, world.heard, new Random(random.next(2 ** 31)), {
      without: (name) => !expected.includes(name),
    });
    const told = new Set<string>();
    for (let n = 0; n < 5_000 && !expected.every((name) => told.has(name)); n++) {
      const { query, variables, rootFields } = documents.next('query');
      const answer = await overHttp(world.memberKey, query, variables);
      if (found(answer).length > 0) for (const name of rootFields) told.add(name);
    }
    expect([...told]).toEqual(expect.arrayContaining(expected));
    // Chance decides how many documents it takes.
  }, 240_000);

  it('is told to nobody else, whatever they ask for and by whatever way', async () => {
    const who = Object.entries(world.attackers);
    const asked = new Map<string, number>();
    const codes = new Map<string, number>();
    const given: object[] = [];
    const sockets = new Map<string, AttackSocket>();
    for (const [name, key] of who) sockets.set(name, await AttackSocket.open(service.url, key));
    const documents = new RandomDocuments(schema, world.heard, random, {
      inputs: world.own.inputs,
      // Who administers may do these: the read models would stand still.
      without: (name) => /Projection$/.test(name),
    });

    const one = async (n: number): Promise<void> => {
      const [name, key] = who[n % who.length];
      const { operation, rootFields, query, variables } = documents.next();
      const socket = sockets.get(name)!;
      const http = operation !== 'subscription' && n % 4 !== 0;
      const text = http ? await overHttp(key, query, variables) : JSON.stringify(await socket.ask(query, variables));
      const told = found(text + socket.seen.splice(0).join('\n'));
      const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: { extensions: { code: string } }[] };
      if (told.length > 0 || (data && JSON.stringify(data).includes(world.number)))
        given.push({ name, query, variables });
      for (const field of rootFields) asked.set(`${operation}.${field}`, (asked.get(`${operation}.${field}`) ?? 0) + 1);
      for (const code of errors?.map(({ extensions }) => extensions.code) ?? ['']) {
        codes.set(code, (codes.get(code) ?? 0) + 1);
        if (code === 'INTERNAL') given.push({ name, query, variables, text });
      }
    };
    let next = 0;
    const ask = async (): Promise<void> => {
      while (next < DOCUMENTS && given.length === 0) await one(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, ask));
    for (const socket of sockets.values()) socket.close();
    expect({ seed: documents.seed, given }).toEqual({ seed: documents.seed, given: [] });

    const operations = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!].flatMap(
      (type) => Object.keys(type.getFields()).map((field) => `${type.name.toLowerCase()}.${field}`),
    );
    const expected = operations.filter((name) => !/Projection$/.test(name));
    expect([...asked.keys()].sort()).toEqual(expected.sort());
    // What is refused for its size alone would try nothing.
    expect(codes.get('LIMIT_EXCEEDED') ?? 0).toBeLessThan(DOCUMENTS / 10);
    expect(codes.get('')).toBeGreaterThan(DOCUMENTS / 8);
    process.stdout.write(
      `${DOCUMENTS} random documents of ${who.length} principals, ${asked.size} operations (seed ${documents.seed}): ` +
        `${[...codes].map(([code, count]) => `${code || 'answered'} ${count}`).join(', ')}\n`,
    );
  }, 1_800_000);

  it('is told to nobody else on any route, in no line for operators and by no metric', async () => {
    const routes = [...new Set(written.routes.filter(({ method }) => method === 'GET').map(({ path }) => path))];
    expect(routes).toEqual(expect.arrayContaining(['/graphql', '/events', '/metrics', '/graphiql']));
    const query = `after=0&cases=${world.own.caseId},${world.heard.ids[0]}`;
    for (const [name, key] of [...Object.entries(world.attackers)]) {
      for (const path of routes) {
        for (const address of [path, `${path}?${path === '/events' ? query : `id=${world.heard.ids[0]}`}`]) {
          const text = await read(`${service.url}${address}`, key);
          expect({ name, address, found: found(text), number: text.includes(world.number) }).toEqual({
            ...{ name, address, found: [], number: false },
          });
        }
      }
    }
    const metrics = await read(`${service.url}/metrics`, service.adminKey);
    expect(metrics).toContain('caseledger_');
    expect(found(service.written)).toEqual([]);
    process.stdout.write(`${routes.length} routes\n`);
  });

  it('is kept: its managers are told who read it and who was denied, and nobody else is told even that', async () => {
    const [caseId] = world.heard.ids;
    const fields = 'nodes { kind reader readerName credential recordId deniedCase what times firstAt lastAt } cursor';
    const ask = (key: string, id: string | null, after: string | null = null, denials = false) =>
      service.ask(
        `query ($id: ID, $after: String, $denials: Boolean!) {
          accessReads(caseId: $id, first: 50, after: $after, denials: $denials) { ${fields} } }`,
        { id, after, denials },
        key,
      );
    const all = async (key: string, id: string | null, denials = false) => {
      const reads: any[] = [];
      let after: string | null = null;
      do {
        const { data, errors } = await ask(key, id, after, denials);
        expect(errors).toBeUndefined();
        reads.push(...data.accessReads.nodes);
        after = data.accessReads.cursor;
      } while (after);
      return reads;
    };
    const { attackers, memberKey } = world;
    await service.ask(`{ case(id: "${caseId}") { id } }`, {}, attackers.outsider);
    await service.ask(`{ case(number: "${world.number}") { id } }`, {}, attackers.auditor);
    await service.command('addNote', { caseId, text: { text: 'x' } }, attackers.partner);
    await service.ask(`{ case(id: "${caseId}") { id } }`, {}, memberKey);
    const expected = [
      { kind: 'DENIED', reader: 'otto', what: 'case' },
      { kind: 'DENIED', reader: 'aud', what: 'case' },
      { kind: 'DENIED', reader: 'pia', what: 'addNote' },
      { kind: 'READ', reader: 'mia', readerName: 'mia', recordId: null },
    ];
    const told = await until('all of it is recorded', async () => {
      const reads = [...(await all(memberKey, caseId)), ...(await all(memberKey, caseId, true))];
      return expected.every((one) => reads.some((read) => isLike(read, one))) ? reads : undefined;
    });
    const readers = new Set(told.filter(({ kind }) => kind === 'READ').map(({ reader }) => reader as string));
    // Those who were members at some time, and nobody else.
    expect([...readers].filter((reader) => !['mia', 'rosa', 'cora'].includes(reader))).toEqual([]);
    for (const key of Object.values(attackers)) {
      expect((await ask(key, caseId)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    }
    // A record that is limited, in a case that all who read by role may see. A new case: documents by chance change the other one.
    const openId = randomUUID();
    await service.done('openCase', { caseId: openId, title: 'Open to all', kind: 'CASE' }, attackers.outsider);
    const noteId = randomUUID();
    await service.done('addNote', { caseId: openId, noteId, text: { text: 'x' } }, memberKey);
    const named = [{ kind: 'PERSON', id: 'mia' }];
    await service.done('limitRecord', { caseId: openId, recordId: noteId, named }, memberKey);
    await service.ask(`{ case(id: "${openId}") { notes(first: 100) { nodes { id } } } }`, {}, memberKey);
    expect(await all(attackers.outsider, openId)).toContainEqual(
      expect.objectContaining({ kind: 'READ', reader: 'mia', recordId: WITHHELD }),
    );
    expect((await ask(memberKey, null)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const general = await all(attackers.auditor, null);
    expect(general).toContainEqual(expect.objectContaining({ kind: 'DENIED', reader: 'mia', what: 'accessReads' }));
    expect(general).toContainEqual(expect.objectContaining({ kind: 'FOLLOWED', what: 'websocket' }));
    expect(general.filter(({ deniedCase }) => deniedCase !== null)).toEqual([]);
    // How the log grows tells nobody whether there is what it asked for.
    const growth = async (id: string) => {
      const before = await service.logHead();
      await service.ask(`{ case(id: "${id}") { id } }`, {}, attackers.outsider);
      await service.command('addNote', { caseId: id, text: { text: 'x' } }, attackers.outsider);
      return until('it is recorded', async () => (await service.logHead()) - before || undefined);
    };
    expect(await growth(caseId)).toBe(await growth(randomUUID()));
    expect(found(JSON.stringify([told, general]))).toEqual([]);
    const { data } = await service.ask(
      '{ events(after: "0", first: 1, types: ["ReadsRecorded"]) { nodes { id } } }',
      {},
      service.adminKey,
    );
    expect(data.events.nodes).toEqual([]);
  });
});

const isLike = (whole: Record<string, unknown>, part: Record<string, unknown>): boolean =>
  Object.entries(part).every(([name, value]) => whole[name] === value);

/** What a GET is answered; of a stream that does not end, what comes at once. */
async function read(url: string, key: string): Promise<string> {
  const ending = new AbortController();
  const { headers, body } = await fetch(url, { headers: { authorization: `Bearer ${key}` }, signal: ending.signal });
  const endless = headers.get('content-type')?.startsWith('text/event-stream');
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (endless && /\n\n/.test(text)) break;
  }
  ending.abort();
  return text;
}

/** How a text looks inside one that is encoded by base64, wherever it begins there, or in hexadecimal. */
function encoded(text: string): string[] {
  const base64 = [0, 1, 2].map((before) =>
    Buffer.from(`${'x'.repeat(before)}${text}`)
      .toString('base64url')
      .slice(before === 0 ? 0 : 4, -4),
  );
  return [...base64, Buffer.from(text).toString('hex')];
}
