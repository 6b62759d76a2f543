import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';

/** A fenced block of a page that a reader may want to run. */
export interface Block {
  kind: 'shell' | 'graphql' | 'typescript';
  text: string;
  /** The line it begins at, from 1. */
  line: number;
  /** From the comment before it, `<!-- not run: why -->`: why no test runs it. */
  notRun?: string;
  /** From `<!-- until: what it writes -->`: an endless command, interrupted when it has written this. */
  until?: string;
  /** From `<!-- variables: {…} -->`: those of a GraphQL operation. */
  variables: object;
  /** The JSON block that follows it: what it is said to answer. */
  shown?: unknown;
}

export interface Page {
  /** From the package's root. */
  path: string;
  text: string;
  blocks: Block[];
}

const KINDS: Readonly<Record<string, Block['kind']>> = {
  ...{ sh: 'shell', bash: 'shell', shell: 'shell', console: 'shell' },
  ...{ graphql: 'graphql', ts: 'typescript', typescript: 'typescript' },
};
const FENCE = /^( *)```(\w+)[^\n]*\n([^]*?)^\1```$/gm;

/** In the order in which somebody new reads them: what one says may build on those before. */
const FIRST = ['README.md', 'docs/getting-started.md'];

/** README and all pages of docs/. */
export function pages(): Page[] {
  const docs = readdirSync(join(packageRoot, 'docs'), { recursive: true, encoding: 'utf8' });
  const others = docs.filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`);
  return [...new Set([...FIRST, ...others.sort()])].map((path) => {
    const text = readFileSync(join(packageRoot, path), 'utf8');
    return { path, text, blocks: blocksOf(text) };
  });
}

function blocksOf(text: string): Block[] {
  const fences = [...text.matchAll(FENCE)];
  return fences.flatMap((fence, n) => {
    const [, indent, language, body] = fence;
    const kind = KINDS[language];
    if (!kind) return [];
    const before = text.slice(n === 0 ? 0 : fences[n - 1].index + fences[n - 1][0].length, fence.index);
    const variables = /<!-- variables: ([^]*?) -->\s*$/.exec(before)?.[1];
    const next = fences.at(n + 1);
    return {
      kind,
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      line: text.slice(0, fence.index).split('\n').length,
      until: /<!-- until: ([^]*?) -->\s*$/.exec(before)?.[1],
      notRun: /<!-- not run: ([^]*?) -->\s*$/.exec(before)?.[1],
      variables: variables ? (JSON.parse(variables) as object) : {},
      shown: next?.[2] === 'json' ? (JSON.parse(next[3]) as unknown) : undefined,
    };
  });
}
