import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';

/** The page of the installed package, among its files; its code, which would write options into it, costs a start 160 ms. */
const page = createRequire(import.meta.url).resolve('altair-static/build/dist/index.html');

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Runs scripts that users write around their requests; it would need a page without our rules, and is left out. */
const SANDBOX = 'iframe-sandbox/';

export interface IdeAsset {
  /** Its path below the IDE's. */
  name: string;
  file: string;
  type: string;
}

/** The files the IDE consists of, its page apart. Only these are served. */
export function ideAssets(): IdeAsset[] {
  const root = dirname(page);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in TYPES)
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { name: relative(root, file).split(sep).join('/'), file, type: TYPES[extname(entry.name)] };
    })
    .filter(({ name }) => !name.startsWith(SANDBOX));
}

/** The IDE's page, with `base` in front of its assets and our script at its end. */
export function ideDocument(base: string): string {
  return readFileSync(page, 'utf8')
    .replace(/<base[^>]*>/, `<base href="${base}" />`)
    .replace('<title>Altair</title>', '<title>Caseledger: GraphQL</title>')
    .replace('</body>', '<script type="module" src="start.js"></script></body>');
}
