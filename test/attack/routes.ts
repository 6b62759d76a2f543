import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Route {
  method: string;
  path: string;
}

/** Has a server write down each route as it registers it, so that a test knows those that nobody has told it of. */
export class RouteWriter {
  private readonly folder = mkdtempSync(join(tmpdir(), 'caseledger-routes-'));
  private readonly file = join(this.folder, 'routes');

  /** What the server must be started with. */
  get environment(): Record<string, string> {
    const script = `
      import { subscribe } from 'node:diagnostics_channel';
      import { appendFileSync } from 'node:fs';
      subscribe('fastify.initialization', ({ fastify }) =>
        fastify.addHook('onRoute', ({ method, url }) =>
          appendFileSync(${JSON.stringify(this.file)}, JSON.stringify([method].flat().map((one) => ({ method: one, path: url }))) + '\\n')));`;
    return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
  }

  /** The routes of a server that listens. */
  get routes(): Route[] {
    const lines = readFileSync(this.file, 'utf8').trim().split('\n');
    return lines.flatMap((line) => JSON.parse(line) as Route[]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Other spellings of a path, of which some lead to the same route and some to none. */
export function spellingsOf(path: string): string[] {
  const inner = path.slice(1);
  const encoded = `%${inner.charCodeAt(0).toString(16)}${inner.slice(1)}`;
  return [
    ...[
      `/${path}`,
      `//${path}`,
      `${path}/`,
      `${path}//`,
      `${path};x`,
      `${path};/`,
      `/;${path}`,
      `/.${path}`,
      `/..${path}`,
    ],
    ...[path.toUpperCase(), inner.includes('/') ? path.replace(/\/([^/]*)$/, '//$1') : `/./${inner}`],
    ...[
      `/${inner.replaceAll('/', '%2f')}`,
      `/${inner.replaceAll('/', '%2F')}`,
      `/%2f${inner}`,
      `${path}%2f`,
      `/${encoded}`,
    ],
    ...[
      `/${encodeURIComponent(`%${encoded}`)}`,
      `${path}%00`,
      `${path}%20`,
      `${path}%zz`,
      `${path}.`,
      `${path}.json`,
      `/health/live/..${path}`,
    ],
    ...[
      `/health/live/..%2f${inner}`,
      `/graphiql/..${path}`,
      `/health/live;${path}`,
      `/health/live%3f${path}`,
      `\\${inner}`,
    ],
    ...[
      `${path}?key=x`,
      `${path}?/health/live`,
      `${path}#/health/live`,
      `http://127.0.0.1${path}`,
      `http://127.0.0.1/health/live/..${path}`,
    ],
  ];
}

export interface RawAnswer {
  status: number;
  body: string;
}

/** A request with its path sent exactly as written: fetch would tidy it up. */
export function rawRequest(url: string, method: string, path: string, headers = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    });
    sent.on('error', reject).end();
  });
}
