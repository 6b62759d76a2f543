import { Agent, request } from 'node:http';
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
    const { data, errors } = (await this.post(JSON.stringify({ query, variables: { input } }))) as {
      data?: Record<string, Acknowledged> | null;
      errors?: { message: string; extensions: { code: string } }[];
    };
    if (errors?.length || !data) throw new Error(`${mutation} was answered ${JSON.stringify(errors ?? data)}`);
    return data[mutation];
  }

  /** The sequence that an answer is read at now. */
  async readAt(): Promise<number> {
    const { extensions } = (await this.post(JSON.stringify({ query: '{ cases(first: 1) { nodes { id } } }' }))) as {
      extensions: { asOf: { sequence: number } };
    };
    return extensions.asOf.sequence;
  }

  close(): void {
    this.agent.destroy();
  }

  private post(body: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const broken = (error?: Error): void => reject(new Unanswered(error?.message ?? 'The answer broke off.'));
      const call = request(
        `${this.url}/graphql`,
        {
          method: 'POST',
          agent: this.agent,
          headers: {
            authorization: `Bearer ${this.key}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('error', broken).on('end', () => {
            if (!response.complete) return broken();
            if (response.statusCode === 503) return broken(new Error('The server takes nothing more.'));
            resolve(JSON.parse(text));
          });
        },
      );
      call.on('error', broken).end(body);
    });
  }
}
