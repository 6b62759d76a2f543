import { allThatIsWrong, type AnswerError } from './answer-error.js';
import { Refused } from './exit.js';
import { fetch, type Response } from './fetch.js';
import { lackingKey, unknownKey, unreachable, unseen } from './unreachable.js';

/** A request that was answered with errors, or not at all. */
export class GraphqlFailure extends Error {
  override readonly name = 'GraphqlFailure';

  /** @param code `extensions.code` of the first error; UNREACHABLE or NOT_GRAPHQL if there is no GraphQL answer */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** That the read models are behind the log: since when, and the last sequence they show. */
export interface Behind {
  since: string;
  sequence: number;
}

export interface ClientOptions {
  /** Where the key is from, for whoever is told that it is the wrong one. */
  keyFrom?: string;
  /** Is told of every answer that was read from read models that are behind. */
  onBehind?: (behind: Behind) => void;
}

interface Answer<Data> {
  data?: Data | null;
  errors?: AnswerError[];
  extensions?: { asOf: { sequence: number }; behindSince?: string };
}

/** Asks one server, as the holder of one key. */
export class GraphqlClient {
  private readonly endpoint: string;

  /** @param url where the server listens, as it prints it: http://127.0.0.1:4000 */
  constructor(
    url: string,
    private readonly key: string,
    private readonly options: ClientOptions = {},
  ) {
    this.endpoint = `${url.replace(/\/+$/, '')}/graphql`;
  }

  /** The data of an answer without errors. @throws GraphqlFailure */
  async request<Data>(query: string, variables: object = {}): Promise<Data> {
    const response = await this.send(JSON.stringify({ query, variables }));
    const answer = await this.read<Data>(response);
    if (answer?.errors?.length) {
      const [error] = answer.errors;
      const [code, message] = [error.extensions?.code ?? 'INTERNAL', allThatIsWrong(error).join('\n')];
      throw new GraphqlFailure(code, code === 'FORBIDDEN' ? lackingKey(message, this.options.keyFrom) : message);
    }
    const { asOf, behindSince } = answer?.extensions ?? {};
    if (asOf && behindSince) this.options.onBehind?.({ since: behindSince, sequence: asOf.sequence });
    if (!answer?.data) throw new GraphqlFailure('NOT_GRAPHQL', `${this.endpoint} answered without data.`);
    return answer.data;
  }

  /** For whoever is to be told that what they asked for is not there, or not for their key. */
  unseen(message: string): Refused {
    return new Refused(unseen(message, this.options.keyFrom));
  }

  private async send(body: string): Promise<Response> {
    try {
      return await fetch(this.endpoint, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.key}`,
          accept: 'application/graphql-response+json, application/json',
          'content-type': 'application/json',
        },
        body,
      });
    } catch (error) {
      throw new GraphqlFailure('UNREACHABLE', unreachable(this.endpoint, error));
    }
  }

  private async read<Data>(response: Response): Promise<Answer<Data> | null> {
    // The server may end in the middle of it.
    const text = await response.text().catch((error: unknown) => {
      throw new GraphqlFailure('UNREACHABLE', unreachable(this.endpoint, error));
    });
    if (response.status === 401)
      throw new GraphqlFailure('UNAUTHENTICATED', unknownKey(this.endpoint, this.options.keyFrom));
    try {
      return JSON.parse(text) as Answer<Data> | null;
    } catch {
      throw new GraphqlFailure(
        'NOT_GRAPHQL',
        `${this.endpoint} answered ${response.status}: is it a Caseledger server?`,
      );
    }
  }
}
