import 'reflect-metadata';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type GenerateKeyPairResult,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { type Role } from '../principal.js';
import { TokenVerifier } from './token-verifier.js';

const audience = 'https://caseledger.example';
const alg = 'ES256';

describe('verifying a token', () => {
  let server: Server;
  let issuer: string;
  let asked: string[];
  let now: number;
  let published: JWK[];
  let own: GenerateKeyPairResult;
  let claimed: unknown[][];
  let roles: Role[];
  let revision: number;
  let recording: () => Promise<void>;
  let verifier: TokenVerifier;

  beforeEach(async () => {
    own = await generateKeyPair(alg, { extractable: true });
    published = [{ ...(await exportJWK(own.publicKey)), alg, kid: 'k1' }];
    [asked, claimed, roles, revision] = [[], [], [], 0];
    recording = () => Promise.resolve();
    server = createServer(({ url }, response) => {
      asked.push(url!);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(url === '/keys' ? { keys: published } : { issuer, jwks_uri: `${issuer}/keys` }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    now = Date.now();
    const directory = {
      claimed: (...claim: unknown[]) => recording().then(() => void claimed.push(claim)),
      rightsOf: () => ({ roles, organisation: null }),
      knownSince: () => ({}),
      get changes() {
        return revision;
      },
    };
    verifier = new TokenVerifier({ issuer, audience, groupsClaim: 'teams' }, directory, () => now);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const token = (
    claims: JWTPayload = {},
    header: object = {},
    key: GenerateKeyPairResult['privateKey'] = own.privateKey,
  ) => {
    const seconds = Math.floor(now / 1000);
    const usual = {
      iss: issuer,
      aud: audience,
      sub: 'ann',
      iat: seconds,
      exp: seconds + 60,
      jti: 't1',
      client_id: 'app',
    };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg, typ: 'at+jwt', kid: 'k1', ...header })
      .sign(key);
  };

  it('tells whose it is', async () => {
    const given = await token({ name: 'Ann', teams: ['b', 'a'] });
    expect(await verifier.verify(given)).toEqual({
      ...{ id: `${issuer}#ann`, name: 'Ann', kind: 'PERSON', authentication: 'OIDC', issuer, subject: 'ann' },
      ...{ credential: 't1', onBehalfOf: null, roles: [], groups: ['a', 'b'], organisation: null },
      scopes: ['CASES', 'AUDIT'],
      since: {},
    });
    expect(claimed).toEqual([[`${issuer}#ann`, 'Ann', ['a', 'b']]]);
  });

  it('tells its holder by the subject where it has no name that is shown', async () => {
    const sub = 'a'.repeat(255);
    expect(await verifier.verify(await token({ sub }))).toMatchObject({ name: sub, subject: sub });
    expect(await verifier.verify(await token({ name: ' ', preferred_username: '\u200b' }))).toMatchObject({
      name: 'ann',
    });
    expect(await verifier.verify(await token({ name: 'Ann  Archer' }))).toMatchObject({ name: 'Ann  Archer' });
  });

  it('takes groups as they are given, by which they may be mapped from before, and accents also in one with their letters', async () => {
    const teams = ['a', 'a ', ' a', '\u200b', ' ', 'cafe\u0301', 'caf\u00e9', 7, null, ['b'], 'x'.repeat(201)];
    const groups = [' ', ' a', 'a', 'a ', 'cafe\u0301', 'caf\u00e9', '\u200b'];
    expect(await verifier.verify(await token({ teams }))).toMatchObject({ groups });
  });

  it('asks nobody again about a token seen before, until it expires', async () => {
    const given = await token();
    const first = await verifier.verify(given);
    expect(verifier.verify(given)).toBe(first);
    expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
    now += 89_000;
    expect(verifier.verify(given)).toBe(first);
    now += 2_000;
    expect(verifier.verify(given)).toBeNull();
  });

  it('gives what the groups give now, not what they gave when the token was first seen', async () => {
    const given = await token();
    expect(await verifier.verify(given)).toMatchObject({ roles: [], scopes: ['CASES', 'AUDIT'] });
    [roles, revision] = [['ADMINISTRATOR'], 1];
    expect(await verifier.verify(given)).toMatchObject({
      ...{ roles: ['ADMINISTRATOR'], scopes: ['OPERATIONS', 'CASES', 'AUDIT'] },
    });
  });

  it('opens nothing before its claims are recorded', async () => {
    recording = () => Promise.reject(new Error('The disk is full.'));
    const given = await token();
    await expect(verifier.verify(given)).rejects.toThrow('The disk is full.');
    await expect(verifier.verify(given)).rejects.toThrow('The disk is full.');
    recording = () => Promise.resolve();
    expect(await verifier.verify(given)).not.toBeNull();
  });

  const seconds = () => Math.floor(now / 1000);
  it.each<[string, () => JWTPayload, object?]>([
    ['an ID token', () => ({ nonce: 'n' }), { typ: 'JWT' }],
    ['a token of no stated type', () => ({}), { typ: undefined }],
    ['one for another service', () => ({ aud: 'https://other.example' })],
    ['one of another issuer', () => ({ iss: 'https://other.example' })],
    ['one of an issuer spelled otherwise', () => ({ iss: `${issuer}/` })],
    ['an expired one', () => ({ exp: seconds() - 31 })],
    ['one that is not valid yet', () => ({ nbf: seconds() + 31 })],
    ['one from the future', () => ({ iat: seconds() + 32 })],
    ['one without a subject', () => ({ sub: undefined })],
    ['one with an empty subject', () => ({ sub: '' })],
    ['one with a subject of half a character', () => ({ sub: 'a\ud800' })],
    ['one with a subject that looks like another one', () => ({ sub: 'ann ' })],
    ['one with a subject of which a part is not shown', () => ({ sub: 'an\u200bn' })],
    ['one with an endless subject', () => ({ sub: 'a'.repeat(256) })],
    ['one without an end', () => ({ exp: undefined })],
    ['one without a beginning', () => ({ iat: undefined })],
    ['one without an id', () => ({ jti: undefined })],
    ['one without a client', () => ({ client_id: undefined })],
    ['a delegated one', () => ({ act: { sub: 'bot' } })],
    ['one by an unknown key', () => ({}), { kid: 'k2' }],
    ['one by a key without a name', () => ({ sub: 'x'.repeat(300) }), { kid: undefined }],
    ['one with an extension that must be understood', () => ({}), { crit: ['exp'], exp: 1 }],
  ])('refuses %s', async (...[, claims, header]) => {
    expect(
      await token(claims(), header).then(
        (given) => verifier.verify(given),
        () => null,
      ),
    ).toBeNull();
    expect(claimed).toEqual([]);
    expect(await verifier.verify(await token())).not.toBeNull();
  });

  it.each([
    ['a little late', () => ({ exp: seconds() - 28 })],
    ['a little early', () => ({ nbf: seconds() + 28, iat: seconds() + 28 })],
    ['for several services', () => ({ aud: ['https://other.example', audience] })],
  ])('takes one that is %s', async (_, claims) => {
    expect(await verifier.verify(await token(claims()))).not.toBeNull();
  });

  it('is not talked into another algorithm', async () => {
    const [head, body] = (await token()).split('.');
    const header = (change: object) =>
      Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(head, 'base64url').toString()), ...change })).toString(
        'base64url',
      );
    const signature = createHmac('sha256', await exportSPKI(own.publicKey)).update(
      `${header({ alg: 'HS256' })}.${body}`,
    );
    for (const forged of [
      `${header({ alg: 'none' })}.${body}.`,
      `${header({ alg: 'HS256' })}.${body}.${signature.digest('base64url')}`,
      `${header({ jku: 'http://127.0.0.1:1/keys' })}.${body}.AAAA`,
      `${head}.${body}.`,
      `${head}.${body}`,
      'x',
      'a.b.c',
      `${head}.${body}.${'A'.repeat(1_000_000)}`,
    ]) {
      expect(await verifier.verify(forged)).toBeNull();
    }
  });

  it('takes no key that the token brings along', async () => {
    const stranger = await generateKeyPair(alg, { extractable: true });
    const jwk = await exportJWK(stranger.publicKey);
    expect(await verifier.verify(await token({}, { jwk }, stranger.privateKey))).toBeNull();
  });

  it('has the provider asked once, however many unknown keys tokens name', async () => {
    await verifier.verify(await token());
    const storm = await Promise.all(Array.from({ length: 50 }, (_, n) => token({ jti: `${n}` }, { kid: `x${n}` })));
    expect(await Promise.all(storm.map(async (given) => verifier.verify(given)))).toEqual(storm.map(() => null));
    expect(asked).toHaveLength(2);
  });

  it('does not ask a provider that is down over and over', async () => {
    await new Promise((resolve) => server.close(resolve));
    const given = await token();
    expect(await verifier.verify(given)).toBeNull();
    const start = performance.now();
    for (let n = 0; n < 200; n++) expect(await verifier.verify(given)).toBeNull();
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(asked).toEqual([]);
  });

  it('forgets a key that the provider has withdrawn, and the tokens signed with it', async () => {
    const given = await token({ exp: Math.floor(now / 1000) + 3_600 });
    expect(await verifier.verify(given)).not.toBeNull();
    const next = await generateKeyPair(alg, { extractable: true });
    published = [{ ...(await exportJWK(next.publicKey)), alg, kid: 'k2' }];
    now += 600_001;
    const fresh = await token({}, {}, own.privateKey);
    await verifier.verify(fresh);
    while (asked.length < 3) await new Promise(setImmediate);
    while ((await verifier.verify(await token({ jti: crypto.randomUUID() }))) !== null) await new Promise(setImmediate);
    expect(await verifier.verify(given)).toBeNull();
    expect(await verifier.verify(await token({}, { kid: 'k2' }, next.privateKey))).not.toBeNull();
  });
});
