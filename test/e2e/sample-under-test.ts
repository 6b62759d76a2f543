import { startSample } from './graphql-audits-app.js';

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown[]; locations?: unknown[]; extensions: Record<string, unknown> }[];
  extensions?: unknown;
}

/** A sample that all tests of a describe share, and how it is asked. */
export function usingSample() {
  let sample: Awaited<ReturnType<typeof startSample>>;
  beforeAll(async () => {
    sample = await startSample();
  });
  afterAll(() => sample.app.close());

  async function ask(query: string, variables?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(sample.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  const refusal = async (query: string, variables?: object) => {
    const { data, errors } = await ask(query, variables);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors![0].extensions.code).toBe('VALIDATION_FAILED');
    return errors![0].extensions.violations;
  };
  return { ask, refusal, url: () => sample.url };
}
