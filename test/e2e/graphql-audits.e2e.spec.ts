import { serverAudits } from 'graphql-http';
import { Service } from './service.js';

const IN_ADDRESSES = 'Queries are taken by POST only: what stands in an address is kept in logs and histories.';
/** What is allowed and not done unless GRAPHQL_GET is set, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  // MAY accept application/x-www-form-urlencoded formatted GET requests
  '5A70': IN_ADDRESSES,
  // MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json
  D6D5: IN_ADDRESSES,
  // MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json
  '6A70': IN_ADDRESSES,
};

describe.each([
  ['as it is', {}, LEFT_OUT],
  ['with GRAPHQL_GET=true', { GRAPHQL_GET: 'true' }, {}],
])('GraphQL over HTTP, %s', (_, environment, leftOut) => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start(environment);
  });
  afterAll(() => service.stop());

  const withKey = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${service.adminKey}` } });
  const audits = serverAudits({ url: () => `${service.url}/graphql`, fetchFn: withKey });

  it('knows all the audits there are', () => expect(audits).toHaveLength(61));

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (id, name, audit) => {
    const { status } = await audit.fn();
    if (/^(MUST|SHOULD)/.test(name)) expect(status).toBe('ok');
    expect({ status, leftOut: id in leftOut }).toEqual({ status, leftOut: status !== 'ok' });
  });

  it('never takes a mutation by GET', async () => {
    const query = 'mutation { openCase(input: { commandId: "got", title: "Got", kind: CASE }) { revision } }';
    const answer = await withKey(`${service.url}/graphql?query=${encodeURIComponent(query)}`);
    expect(answer.status).toBe(405);
    const { data } = await service.ask('{ cases { nodes { title } } }');
    expect(data.cases.nodes).toEqual([]);
  });
});
