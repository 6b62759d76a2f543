import Fastify, { type FastifyInstance } from 'fastify';
import { registerIde } from './ide.js';

describe('The IDE', () => {
  let fastify: FastifyInstance;
  beforeAll(() => {
    fastify = Fastify();
    registerIde(fastify, { path: '/graphiql', queries: [{ title: 'One', query: '{ a("</script>`${x}`") }' }] });
  });
  afterAll(() => fastify.close());
  const get = (url: string) => fastify.inject({ url });

  it.each(['/graphiql', '/graphiql/'])('is found at %s, and may fetch nothing from elsewhere', async (url) => {
    const { statusCode, headers, body } = await get(url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(String(headers['content-security-policy'])).not.toMatch(/http|\*|unsafe-eval/);
    expect(body).not.toMatch(/https?:\/\//);
  });

  it('has every asset that its page and its styles name', async () => {
    const { body } = await get('/graphiql');
    expect(body).toContain('<base href="/graphiql/" />');
    const named = [...body.matchAll(/(?:src|href)="([^"/][^"]*)"/g)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining(['start.js', 'main.js', 'styles.css', 'favicon.ico']));
    const styles = (await get('/graphiql/styles.css')).body;
    const fonts = [...styles.matchAll(/url\(\s*["']?(?!data:)([^"')]+)/g)].map(([, name]) => name);
    for (const name of [...named, ...fonts]) {
      expect([name, (await get(`/graphiql/${name.replace(/^\.\//, '')}`)).statusCode]).toEqual([name, 200]);
    }
  });

  it('starts with the prepared queries, and takes the key from the fragment', async () => {
    const { headers, body } = await get('/graphiql/start.js');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(run(body, '#key=clk_1_2')).toEqual({
      address: '/graphiql',
      initialHeaders: { Authorization: 'Bearer clk_1_2' },
      endpointURL: 'http://localhost:4000/graphql',
      subscriptionsEndpoint: 'ws://localhost:4000/graphql',
      windows: [['One', '{ a("</script>`${x}`") }', { Authorization: 'Bearer clk_1_2' }]],
      preserveState: false,
    });
  });

  it('remembers the key while the tab lives', async () => {
    const { body } = await get('/graphiql/start.js');
    const storage = new Map([['caseledger-key', 'clk_3_4']]);
    expect(run(body, '', storage)).toMatchObject({ initialHeaders: { Authorization: 'Bearer clk_3_4' } });
    run(body, '#key=clk_5_6', storage);
    expect(storage.get('caseledger-key')).toBe('clk_5_6');
  });

  it('lets nothing with the key in it be written to the disk', async () => {
    const { body } = await get('/graphiql/start.js');
    const written: unknown[] = [];
    class IDBObjectStore {
      put(value: unknown, key: unknown): void {
        written.push([value, key]);
      }
      add(value: unknown): void {
        written.push(value);
      }
    }
    run(body, '#key=clk_7_8', new Map(), IDBObjectStore);
    const store = new IDBObjectStore();
    store.put('{"Authorization":"Bearer clk_7_8"}', 'at');
    store.add({ deep: ['clk_7_8', 1] });
    store.add(new Map([[1, 2]]));
    expect(written).toEqual([['{"Authorization":"Bearer clk_…"}', 'at'], { deep: ['clk_…', 1] }, new Map([[1, 2]])]);
  });

  it('asks for its queries each time, if they are made by a function', async () => {
    const other = Fastify();
    let year = 2024;
    registerIde(other, { path: '/ide', queries: () => [{ title: String(++year), query: '{ a }' }] });
    expect((await other.inject({ url: '/ide/start.js' })).body).toContain('"2025"');
    expect((await other.inject({ url: '/ide/start.js' })).body).toContain('"2026"');
    await other.close();
  });

  it.each([
    '/graphiql/../package.json',
    '/graphiql/..%2f..%2fpackage.json',
    '/graphiql/index.html',
    '/graphiql/iframe-sandbox/index.html',
  ])('serves nothing else: %s', async (url) => expect((await get(url)).statusCode).toBe(404));
});

interface Started {
  initialHeaders: unknown;
  endpointURL: string;
  subscriptionsEndpoint: string;
  preserveState: boolean;
  initialWindows: { initialName: string; initialQuery: string; initialHeaders: unknown }[];
}

/** Runs the script as a browser would, and tells what the IDE was started with. */
function run(script: string, hash: string, storage = new Map<string, string>(), IDBObjectStore: object = class {}) {
  let started: Started | undefined;
  let address = '';
  const location = { hash, pathname: '/graphiql', search: '', origin: 'http://localhost:4000' };
  const history = { replaceState: (_state: unknown, _title: string, url: string) => (address = url) };
  const sessionStorage = {
    getItem: (name: string) => storage.get(name) ?? null,
    setItem: (name: string, value: string) => storage.set(name, value),
  };
  const AltairGraphQL = { init: (options: Started) => (started = options) };
  const document = { body: {} };
  class MutationObserver {
    observe(): void {}
  }
  const browser = { document, MutationObserver, location, history, sessionStorage, IDBObjectStore, AltairGraphQL };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is our own script, in a browser of a few objects
  const start = new Function(...Object.keys(browser), script) as (...all: unknown[]) => void;
  start(...Object.values(browser));
  const { initialHeaders, endpointURL, subscriptionsEndpoint, preserveState, initialWindows } = started!;
  const windows = initialWindows.map((window) => [window.initialName, window.initialQuery, window.initialHeaders]);
  return { address, initialHeaders, endpointURL, subscriptionsEndpoint, preserveState, windows };
}
