import { createHmac, createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { rawRequest } from '../attack/routes.js';
import { OidcProvider } from '../oidc/oidc-provider.js';
import { Service } from './service.js';
import { startWithTokens, statusOf, untilOpen } from './shown-token.js';

describe('access tokens of an OIDC provider, where they are refused,', () => {
  let provider: OidcProvider;
  let service: Service;
  beforeAll(async () => {
    ({ provider, service } = await startWithTokens());
  });
  afterAll(async () => {
    await service.stop();
    await provider.kill();
  });

  /** The same token under another header, signed by whom `sign` says. */
  const under = (token: string, header: object, sign: (text: string) => string): string => {
    const [head, body] = token.split('.');
    const changed = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), ...header };
    const text = `${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${body}`;
    return `${text}.${sign(text)}`;
  };

  it('open nothing where they were made for something else, or by another algorithm than their key is for', async () => {
    const good = await provider.person('ann', {}, { alg: 'RS256' });
    const [, , signature] = good.split('.');
    const published = createPublicKey({ key: provider.keys.find(({ alg }) => alg === 'RS256')!, format: 'jwk' });
    const spki = published.export({ type: 'spki', format: 'pem' }) as string;
    const secrets = [spki, spki.trim(), JSON.stringify(published.export({ format: 'jwk' })), '', 'key-RS256'];
    const hmac = (secret: string) => (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
    const bad: Record<string, string> = {
      'an ID token': await provider.idToken('ann'),
      'an ID token for this service': await provider.forge({ nonce: 'n' }, { typ: 'JWT' }),
      'a log-out token': await provider.forge({}, { typ: 'logout+jwt' }),
      'one for another service': await provider.person('ann', {}, { resource: 'https://other.example' }),
      'one for a service of a longer name': await provider.forge({ aud: `${provider.audience}.evil.example` }),
      'one of another issuer': await provider.forge({ iss: 'https://other.example' }),
      'without a signature': under(good, { alg: 'none' }, () => ''),
      'without a signature, in other letters': under(good, { alg: 'NoNe' }, () => ''),
      'signed as RSA is, called PSS': under(good, { alg: 'PS256' }, () => signature),
      'signed by another key than it names': under(good, { kid: 'key-PS256' }, () => signature),
      'signed by a key of another kind': under(good, { alg: 'EdDSA', kid: 'key-EdDSA' }, () => signature),
      'with empty numbers for a signature': under(good, { alg: 'ES256', kid: 'key-ES256' }, () => 'A'.repeat(86)),
    };
    for (const [n, secret] of secrets.entries()) {
      for (const kid of ['key-RS256', 'key-EdDSA']) {
        bad[`signed by what is public, ${n} ${kid}`] = under(good, { alg: 'HS256', kid }, hmac(secret));
      }
    }
    const answers = Object.entries(bad).map(async ([what, token]) => {
      const { status, body } = await rawRequest(service.url, 'POST', '/graphql', { authorization: `Bearer ${token}` });
      return { what, status, body };
    });
    expect(await Promise.all(answers)).toEqual(Object.keys(bad).map((what) => ({ what, status: 401, body: '' })));
    expect(await statusOf(service, good)).toBe(200);
  });

  it('keep nobody out by a storm of unknown keys', async () => {
    const good = await provider.person('ann');
    const storm = await Promise.all(
      Array.from({ length: 300 }, (_, n) => provider.forge({}, { kid: `${n}-${'k'.repeat(n)}` })),
    );
    const statuses = storm.map((token, n) => statusOf(service, n % 10 === 0 ? good : token));
    expect(await Promise.all(statuses)).toEqual(storm.map((_, n) => (n % 10 === 0 ? 200 : 401)));
  });

  it('are refused when they are very long, before anybody looks at them', async () => {
    const good = await provider.person('ann');
    const long = (length: number) => `${good}${'A'.repeat(length - good.length)}`;
    const shown = (token: string) => rawRequest(service.url, 'POST', '/graphql', { authorization: `Bearer ${token}` });
    expect(await shown(long(8_193))).toEqual({ status: 401, body: '' });
    // Node's own server takes 16 KiB of headers, and closes the connection behind its answer.
    const megabyte = await shown(long(1_000_000)).catch(({ code }) => code as string);
    expect([{ status: 431, body: '' }, 'ECONNRESET', 'EPIPE']).toContainEqual(megabyte);
    for (const [length, code] of [
      [200_000, 4401],
      [1_000_000, 1009],
    ]) {
      const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      await once(socket, 'open');
      const closed = once(socket, 'close');
      const payload = { authorization: `Bearer ${long(length)}` };
      socket.send(JSON.stringify({ type: 'connection_init', payload }));
      expect((await closed)[0]).toBe(code);
    }
    expect(await statusOf(service, good)).toBe(200);
  });

  it('go on working while the provider is down, where their key is known; nobody else gets in', async () => {
    await provider.kill();
    expect(await statusOf(service, await provider.forge({ sub: 'carol' }))).toBe(200);
    expect(await statusOf(service, await provider.forge({}, { kid: 'another' }))).toBe(401);
    expect(await statusOf(service, service.adminKey)).toBe(200);

    await service.halt();
    service = await Service.on(service.folder, provider.environment);
    expect(await statusOf(service, await provider.forge({ sub: 'carol' }))).toBe(401);
    expect(await statusOf(service, service.adminKey)).toBe(200);

    provider = await OidcProvider.start(provider);
    await untilOpen(service, await provider.person('carol'));
    // Once, however many ask meanwhile.
    expect(service.errors).toMatch(
      /^\{"level":"warn",.*"msg":"The OIDC provider \S+ cannot be asked for its keys .*\}\n$/,
    );
  });
});
