import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type GenerateKeyPairResult, type JWK, SignJWT } from 'jose';
import { TokenVerifier } from './token-verifier.js';

const audience = 'https://caseledger.example';
const alg = 'ES256';
const DISCOVERY = '/.well-known/openid-configuration';
const KEYS = '/keys';

describe('the keys of a provider', () => {
  let server: Server;
  let issuer: string;
  let now: number;
  let asked: string[];
  let answers: Record<string, () => string>;
  let pairs: GenerateKeyPairResult[];
  let verifier: TokenVerifier;
  let warnings: string[];

  beforeAll(async () => {
    pairs = await Promise.all([1, 2, 3].map(() => generateKeyPair(alg, { extractable: true })));
  });
  beforeEach(async () => {
    asked = [];
    server = createServer(({ url }, response) => {
      asked.push(url!);
      response.setHeader('content-type', 'application/json');
      response.end(answers[url!]());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    answers = { [DISCOVERY]: () => JSON.stringify({ issuer, jwks_uri: `${issuer}${KEYS}` }) };
    await publish({ kid: 'k1' });
    const directory = {
      claimed: () => Promise.resolve(),
      rightsOf: () => ({ roles: [], organisation: null }),
      knownSince: () => ({}),
      changes: 0,
    };
    warnings = [];
    const warn = (message: string): void => void warnings.push(message);
    verifier = new TokenVerifier({ issuer, audience, groupsClaim: 'groups', warn }, directory, () => now);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
    jest.restoreAllMocks();
  });

  /** One key of each pair, with these fields. */
  const publish = async (...fields: object[]): Promise<void> => {
    const keys: JWK[] = [];
    for (const [n, more] of fields.entries()) keys.push({ ...(await exportJWK(pairs[n].publicKey)), alg, ...more });
    answers[KEYS] = () => JSON.stringify({ keys });
  };
  const token = (n: number, kid?: string): Promise<string> =>
    new SignJWT({ iss: issuer, aud: audience, sub: 'ann', client_id: 'app', jti: crypto.randomUUID() })
      .setProtectedHeader({ alg, typ: 'at+jwt', kid })
      .setIssuedAt(Math.floor(now / 1000))
      .setExpirationTime(Math.floor(now / 1000) + 3_600)
      .sign(pairs[n].privateKey);

  it.each<[string, object[], string?]>([
    ['that bear no name', [{}, {}]],
    ['that bear one name', [{ kid: 'k' }, { kid: 'k' }], 'k'],
    ['where tokens name none', [{ kid: 'a' }, { kid: 'b' }]],
  ])('are each tried where they are several %s', async (_, fields, kid) => {
    await publish(...fields);
    for (const n of [0, 1]) expect(await verifier.verify(await token(n, kid))).toMatchObject({ subject: 'ann' });
    expect(await verifier.verify(await token(2, kid))).toBeNull();
  });

  it('are asked for anew where they bear no name and none fits, as after one was exchanged, but not over and over', async () => {
    await publish({}, {});
    expect(await verifier.verify(await token(0))).not.toBeNull();
    expect(await verifier.verify(await token(2))).toBeNull();
    const keys = JSON.parse(answers[KEYS]()) as { keys: JWK[] };
    const exchanged = { ...(await exportJWK(pairs[2].publicKey)), alg };
    answers[KEYS] = () => JSON.stringify({ keys: [exchanged, keys.keys[1]] });
    now += 31_000;
    asked = [];
    expect(await verifier.verify(await token(2))).toMatchObject({ subject: 'ann' });
    for (let n = 0; n < 5; n++) expect(await verifier.verify(await token(0))).toBeNull();
    expect(asked).toEqual([KEYS]);
  });

  it.each([
    ['a page', () => '<html>Back in a moment.</html>'],
    ['another document', () => '{}'],
  ])('are not asked for over and over where the provider answers with %s', async (_, page) => {
    const ask = async (kid: string): Promise<void> => {
      for (let n = 0; n < 20; n++) expect(await verifier.verify(await token(0, kid))).toBeNull();
    };
    for (const path of [DISCOVERY, KEYS]) {
      const good = answers[path];
      answers[path] = page;
      await ask('k1');
      answers[path] = good;
      now += 2_000;
    }
    expect(asked).toEqual([DISCOVERY, DISCOVERY, KEYS]);
    expect(await verifier.verify(await token(0, 'k1'))).not.toBeNull();
    answers[KEYS] = page;
    now += 30_000;
    asked = [];
    await ask('unknown');
    expect(asked).toEqual([KEYS]);
    expect(await verifier.verify(await token(0, 'k1'))).not.toBeNull();
  });

  it('that cannot be had are told of once, and again when they were had meanwhile', async () => {
    const good = answers[KEYS];
    answers[KEYS] = () => '{}';
    await verifier.warm();
    now += 2_000;
    expect(await verifier.verify(await token(0, 'k1'))).toBeNull();
    const sentence =
      /^The OIDC provider http:\/\/127\S+ cannot be asked for its keys \(.+\): tokens .+ refused until it can\.$/;
    expect(warnings).toEqual([expect.stringMatching(sentence)]);
    answers[KEYS] = good;
    now += 2_000;
    expect(await verifier.verify(await token(0, 'k1'))).not.toBeNull();
    expect(warnings).toHaveLength(1);
    server.closeAllConnections();
    server.close();
    now += 31_000;
    expect(await verifier.verify(await token(0, 'unknown'))).toBeNull();
    expect(warnings).toEqual([expect.anything(), expect.stringMatching(sentence)]);
  });
});
