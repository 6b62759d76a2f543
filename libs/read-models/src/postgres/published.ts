import { type Client } from 'pg';
import { type ReadModelsStatus } from '../read-models.js';

/** What the server that writes the stores tells the others, as often as something changes. */
export interface Published {
  /** Which server, since when; and how many times it has told something. */
  by: string;
  nth: number;
  /** Of which log the stores are; not told by older software. */
  log?: string;
  /** The store that is served; null while there is none. */
  served: string | null;
  status: ReadModelsStatus;
}

/** Where it is told. */
export const CHANNEL = 'caseledger_read_models';

/** A notification takes 8,000 bytes at most. */
const MESSAGE = 1_000;

/** As it is told: the JSON of `Published`, with no more of a failure's message than a notification takes. */
export function asText({ status, ...rest }: Published): string {
  const { failure } = status;
  const short = failure && { ...failure, message: failure.message.slice(0, MESSAGE) };
  return JSON.stringify({ ...rest, status: { ...status, failure: short } } satisfies Published);
}

/** What was told last, if the store that was served then is there still. */
export async function publishedBefore(client: Client): Promise<Published | undefined> {
  const { rows } = await client.query<{ published: string | null }>(
    `SELECT published FROM caseledger.stores WHERE to_regnamespace(quote_ident(published::json ->> 'served')) IS NOT NULL`,
  );
  const text = rows[0]?.published;
  return text ? (JSON.parse(text) as Published) : undefined;
}
