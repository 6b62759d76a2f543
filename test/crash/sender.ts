import { Agent } from 'node:http';
import { post } from '../e2e/post.js';
import { type Acknowledged, type Journal, type Sent } from './journal.js';

/** No answer came: it is not known what became of the command. */
export class Unanswered extends Error {}

/** Sends commands over kept connections and writes down what was answered. */
export class Sender {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 128 });

  constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly journal: Journal,
  ) {}

  /** Sends a new command. @throws Unanswered, or an Error with the answer if it is not a success */
  async send(mutation: string, input: Sent['input']): Promise<Acknowledged> {
    const sent: Sent = { mutation, input };
    this.journal.sent.push(sent);
    return (sent.answer = await this.ask(sent));
  }

  /** Sends a command once more, as a client does that had no answer. Its answer is not written down. */
  async ask({ mutation, input }: Sent): Promise<Acknowledged> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { events { id type sequence } revision } }`;
    const { data, errors } = (await this.post({ query, variables: { input } })) as {
      data?: Record<string, Acknowledged> | null;
      errors?: { message: string; extensions: { code: string } }[];
    };
    if (errors?.length || !data) throw new Error(`${mutation} was answered ${JSON.stringify(errors ?? data)}`);
    return data[mutation];
  }

  /** The sequence that an answer is read at now. */
  async readAt(): Promise<number> {
    const { extensions } = (await this.post({ query: '{ cases(first: 1) { nodes { id } } }' })) as {
      extensions: { asOf: { sequence: number } };
    };
    return extensions.asOf.sequence;
  }

  close(): void {
    this.agent.destroy();
  }

  private async post(body: object): Promise<unknown> {
    const answer = await post(`${this.url}/graphql`, this.key, body, this.agent).catch((error: Error) => {
      throw new Unanswered(error.message);
    });
    if (answer.status === 503) throw new Unanswered('The server takes nothing more.');
    return JSON.parse(answer.text);
  }
}
