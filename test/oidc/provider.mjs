import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

/**
 * An OIDC provider on a free port of this machine (or on PORT): prints its address and its private keys as one line of JSON.
 * Programs get tokens by client_credentials, people by a grant of its own that takes their name and groups as they are sent.
 */
const AUDIENCE = 'https://caseledger.example';
const ALGORITHMS = {
  EdDSA: ['ed25519'],
  ES256: ['ec', { namedCurve: 'P-256' }],
  PS256: ['rsa', { modulusLength: 2048 }],
};
const keys =
  process.env.KEYS === undefined
    ? Object.entries({ ...ALGORITHMS, RS256: ALGORITHMS.PS256 }).map(([alg, how]) => {
        const { privateKey } = generateKeyPairSync(...how);
        return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `key-${alg}` };
      })
    : JSON.parse(process.env.KEYS);
const people = new Map([['importer', { groups: ['imports'] }]]);
const PERSON = 'urn:example:person';

const port = Number(process.env.PORT ?? 0) || (await freePort());
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'importer',
      client_secret: 'a-secret-of-the-importer',
      grant_types: ['client_credentials', PERSON],
      redirect_uris: [],
      response_types: [],
    },
  ],
  jwks: { keys },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (ctx, resource) => ({
        audience: resource,
        scope: 'cases',
        accessTokenFormat: 'jwt',
        accessTokenTTL: 3600,
        jwt: { sign: { alg: ctx.oidc.body.alg ?? 'EdDSA' } },
      }),
    },
  },
  extraTokenClaims: (_ctx, token) => people.get(token.accountId ?? token.clientId),
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});
provider.registerGrantType(
  PERSON,
  async (ctx) => {
    const { client, body } = ctx.oidc;
    people.set(body.sub, JSON.parse(body.claims ?? '{}'));
    const token = new provider.AccessToken({ accountId: body.sub, client, scope: 'cases', gty: PERSON });
    token.resourceServer = new provider.ResourceServer(body.resource, {
      audience: body.resource,
      scope: 'cases',
      accessTokenFormat: 'jwt',
      accessTokenTTL: 3600,
      jwt: { sign: { alg: body.alg ?? 'EdDSA' } },
    });
    const id = new provider.IdToken({ sub: body.sub }, { ctx });
    id.scope = 'openid';
    const id_token = await id.issue({ use: 'idtoken' });
    ctx.body = { access_token: await token.save(), id_token, token_type: 'Bearer', expires_in: 3600 };
  },
  ['sub', 'claims', 'resource', 'alg'],
);
provider.on('server_error', (_ctx, error) => console.error(error));

const server = provider.listen(port, '127.0.0.1', () =>
  console.log(JSON.stringify({ issuer, audience: AUDIENCE, keys })),
);
process.on('SIGTERM', () => server.close());

async function freePort() {
  const { createServer } = await import('node:net');
  const { once } = await import('node:events');
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
