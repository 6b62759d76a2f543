import { serverAudits } from 'graphql-http';
import { startSample } from './graphql-audits-app.js';

describe('GraphQL over HTTP', () => {
  let sample: Awaited<ReturnType<typeof startSample>>;
  beforeAll(async () => {
    sample = await startSample();
  });
  afterAll(() => sample.app.close());

  const audits = serverAudits({ url: () => sample.url });

  it('knows all the audits there are', () => expect(audits).toHaveLength(61));

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
});
