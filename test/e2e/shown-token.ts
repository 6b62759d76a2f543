import { OidcProvider } from '../oidc/oidc-provider.js';
import { Service } from './service.js';

/** The HTTP status that a request with this key or token is answered with. */
export const statusOf = async ({ url }: Service, token: string): Promise<number> =>
  (
    await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    })
  ).status;

/** A provider that could not be reached is asked again after a while. */
export async function untilOpen(service: Service, token: string): Promise<void> {
  const deadline = Date.now() + 40_000;
  while ((await statusOf(service, token)) !== 200) if (Date.now() > deadline) throw new Error('Still closed.');
}

/** A provider, and a server that takes its tokens by now. */
export async function startWithTokens(): Promise<{ provider: OidcProvider; service: Service }> {
  const provider = await OidcProvider.start();
  const service = await Service.start(provider.environment);
  await untilOpen(service, await provider.person('ann'));
  return { provider, service };
}
