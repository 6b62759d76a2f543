import { randomUUID } from 'node:crypto';
import { type GraphQLSchema } from 'graphql';
import { type Answer, type Api } from '../e2e/api.js';
import { followSse } from '../follow/sse.js';
import { webSocketClient } from '../follow/web-socket.js';
import { type FullCase } from '../e2e/full-case.js';
import { type Outcome, type Row } from './expectations.js';
import { EXPECTED } from './expected.js';
import { operationsOf, type SchemaOperation } from './operations.js';
import { type Target, tellTales } from './target.js';

/** What was answered, as text, and what it comes to. */
export interface Asked {
  outcome: Outcome;
  text: string;
}

/** The commands' revisions are checked behind the door and before anything is decided: this one is never right. */
const NEVER_RIGHT = 2 ** 31 - 1;

/** A key to a service. */
export interface Asker {
  api: Api;
  key: string;
}

/** Asks an operation about a case, in every way that the row names. */
export async function ask(
  asker: Asker,
  operation: SchemaOperation,
  row: Row,
  target: Target,
  inputs: FullCase['inputs'],
): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const args of row.args?.(target) ?? [{}]) asked.push(await once(asker, operation, args, target, inputs));
  return asked;
}

async function once(
  { api, key }: Asker,
  operation: SchemaOperation,
  args: Record<string, unknown>,
  target: Target,
  inputs: FullCase['inputs'],
): Promise<Asked> {
  const { name, kind, via } = operation;
  if (kind === 'subscription') return subscribed(api, key, operation.document(Object.keys(args)), args, target);
  if (kind === 'mutation') {
    const command = name.replace('mutation ', '');
    const recorded = inputs[command] && about(command, inputs[command], target);
    const input = { commandId: randomUUID(), ...args, ...recorded };
    const takesInput = recorded !== undefined || Object.keys(args).length > 0;
    const document = operation.document(takesInput ? ['input'] : []);
    return judged(await api.ask(document, takesInput ? { input } : {}, key), target);
  }
  const variables = { ...args, ...(via && { via: via === 'caseId' ? target.caseId : target.eventIds[0] }) };
  const answer = await api.ask(operation.document(Object.keys(args)), variables, key);
  // Whoever comes to the case, or to its event, is shown that.
  if (via && !answer.errors && Object.values(answer.data as object)[0] !== null) return { outcome: 'shown', text: '' };
  return judged(answer, target);
}

/** The input of a command as it was sent once, about another case. */
function about(command: string, input: object, { caseId, ids }: Target): object {
  const own = Object.entries(ids).filter(([field]) => Object.hasOwn(input, field));
  if (command === 'openCase') return { ...input, caseId };
  return { ...input, ...Object.fromEntries(own), caseId, expectedRevision: NEVER_RIGHT };
}

function judged(answer: Pick<Answer, 'data' | 'errors' | 'extensions'>, target: Target): Asked {
  const { data, errors } = answer;
  const text = JSON.stringify(answer);
  const code = errors?.[0].extensions.code;
  if (code === 'REVISION_CONFLICT') return { outcome: 'let-in', text };
  return { outcome: code ?? shown(JSON.stringify(data), target), text };
}

export const shown = (text: string, target: Target): 'shown' | 'nothing' =>
  tellTales(target).some((name) => text.includes(name)) ? 'shown' : 'nothing';

/** What one asker is answered to every operation of the table about one case: names and outcomes. */
export async function askEverything(
  asker: Asker,
  schema: GraphQLSchema,
  target: Target,
  inputs: FullCase['inputs'],
): Promise<[name: string, outcome: Outcome][]> {
  const operations = operationsOf(schema);
  const outcomes: [string, Outcome][] = [];
  for (const [name, row] of Object.entries(EXPECTED)) {
    const operation = operations.find((one) => one.name === name);
    const path = name.replace('route ', '');
    const asked = operation
      ? await ask(asker, operation, row, target, inputs)
      : [await askPath(asker, path, ['GET'], row.args?.(target)[0] ?? {}, target)];
    outcomes.push([name, [...new Set(asked.map(({ outcome }) => outcome))].join()]);
  }
  return outcomes;
}

/** What a subscription tells until it has caught up. */
async function subscribed(api: Api, key: string, query: string, variables: object, target: Target): Promise<Asked> {
  const client = webSocketClient(api.url, key);
  const texts: string[] = [];
  try {
    for await (const { data, errors } of client.iterate({ query, variables: { ...variables } })) {
      if (errors) return { outcome: String(errors[0].extensions?.code), text: JSON.stringify(errors) };
      texts.push(JSON.stringify(data));
      const [told] = Object.values(data!) as { caughtUp: boolean }[];
      if (told.caughtUp) break;
    }
  } finally {
    await client.dispose();
  }
  return { outcome: shown(texts.join(), target), text: texts.join() };
}

/** Asks a path by each of its methods; the first of the answers that is not `nothing` counts. */
export async function askPath(
  { api, key }: Asker,
  path: string,
  methods: readonly string[],
  args: Record<string, unknown>,
  target: Target,
): Promise<Asked> {
  if (path === '/events') return streamed(api, key, args, target);
  let answered: Asked = { outcome: 'nothing', text: '' };
  const get = async (method: string, headers: Record<string, string>) => {
    const response = await fetch(`${api.url}${path.replace('*', 'start.js')}`, { method, headers });
    return { status: response.status, text: await response.text() };
  };
  for (const method of methods) {
    const { status, text } = await get(method, { authorization: `Bearer ${key}` });
    const told = async () => {
      if (shown(text, target) === 'nothing') return 'nothing';
      // What anybody is told without a key tells of no case.
      return (await get(method, {})).text === text ? 'nothing' : 'shown';
    };
    const outcome = status === 403 ? 'FORBIDDEN' : await told();
    if (answered.outcome === 'nothing') answered = { outcome, text };
  }
  return answered;
}

async function streamed(
  api: Api,
  key: string,
  args: { after?: string; cases?: string },
  target: Target,
): Promise<Asked> {
  const following = followSse(api.url, key, { after: args.after, cases: args.cases?.split(',') });
  const texts: string[] = [];
  for await (const told of following.told) {
    texts.push(JSON.stringify(told));
    if (told.caughtUp) break;
  }
  following.cut();
  return { outcome: shown(texts.join(), target), text: texts.join() };
}
