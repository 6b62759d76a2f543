import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { type AnswerError } from '../answer-error.js';
import { Refused } from '../exit.js';
import { fetch, type Response } from '../fetch.js';
import { causeOf, lackingKey, unknownKey, unreachable } from '../unreachable.js';
import { type Batch } from './batches.js';

/** What the server said of a line. */
export interface LineAnswer {
  line: number;
  /** Undefined where the line gave no valid one. */
  commandId?: string;
  repeated?: boolean;
  error?: AnswerError & { extensions: { code: string } };
}

interface Last {
  done: boolean;
  error?: { message: string };
}

const NEWLINE = Buffer.from('\n');

/** Sends lines to `POST /import` and yields what came of each. Throws `Refused` where not every line is answered. */
export async function* sendBatch(
  { url, key, keyFrom }: { url: string; key: string; keyFrom?: string },
  { first, lines }: Batch,
): AsyncGenerator<LineAnswer> {
  const address = `${url.replace(/\/+$/, '')}/import`;
  const response = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: Buffer.concat(lines.flatMap((line) => [line, NEWLINE])),
  }).catch((error: unknown) => {
    throw new Refused(unreachable(address, error));
  });
  if (response.status !== 200) throw new Refused(await reason(response, address, keyFrom));
  let last: Last | undefined;
  try {
    for await (const text of createInterface({
      input: Readable.fromWeb(response.body as never),
      crlfDelay: Infinity,
    })) {
      const answer = JSON.parse(text) as LineAnswer | Last;
      if ('done' in answer) last = answer;
      else yield { ...answer, line: first - 1 + answer.line };
    }
  } catch (error) {
    throw new Refused(`The connection to ${address} broke off (${causeOf(error)}).`);
  }
  if (!last?.done) throw new Refused(last?.error?.message ?? `The answer of ${address} broke off.`);
}

async function reason(response: Response, address: string, keyFrom?: string): Promise<string> {
  if (response.status === 401) return unknownKey(address, keyFrom);
  try {
    const { errors } = (await response.json()) as { errors: [{ message: string }] };
    const [{ message }] = errors;
    return response.status === 403 ? lackingKey(message, keyFrom) : message;
  } catch {
    return `${address} answered ${response.status}: is it a Caseledger server?`;
  }
}
