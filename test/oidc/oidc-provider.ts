import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { packageRoot } from '#event-sourcing/package-root.js';

/** A real OIDC provider (`oidc-provider`) in a process of its own. */
export class OidcProvider {
  private constructor(
    private readonly child: ChildProcess,
    readonly issuer: string,
    readonly audience: string,
    /** Private ones, one for each algorithm. */
    readonly keys: readonly (JWK & { alg: string })[],
  ) {}

  /** On a free port with fresh keys, or where another one was and with its keys. */
  static async start(before?: OidcProvider): Promise<OidcProvider> {
    const again = before && { PORT: new URL(before.issuer).port, KEYS: JSON.stringify(before.keys) };
    const child = spawn(process.execPath, [join(packageRoot, 'test/oidc/provider.mjs')], {
      env: { PATH: process.env.PATH, ...again },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const line of createInterface(child.stdout)) {
      if (!line.startsWith('{')) continue;
      child.stdout.resume();
      const { issuer, audience, keys } = JSON.parse(line);
      return new OidcProvider(child, issuer, audience, keys);
    }
    throw new Error('The OIDC provider did not start.');
  }

  /** What the server under test needs to take its tokens. */
  get environment(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_AUDIENCE: this.audience };
  }

  /** A person's access token, from the token endpoint. */
  person(sub: string, claims: object = {}, over: Record<string, string> = {}): Promise<string> {
    return this.token({ grant_type: 'urn:example:person', sub, claims: JSON.stringify(claims), ...over });
  }

  /** What tells the client `importer` who a person is, and opens nothing. */
  idToken(sub: string): Promise<string> {
    return this.token({ grant_type: 'urn:example:person', sub }, 'id_token');
  }

  /** The access token that the program `importer` gets for itself. */
  program(): Promise<string> {
    return this.token({ grant_type: 'client_credentials' });
  }

  /** A token signed with the provider's own key, saying whatever it is told to: the provider would not. */
  async forge(claims: JWTPayload = {}, header: { alg?: string; kid?: string; typ?: string } = {}): Promise<string> {
    const { alg = 'EdDSA', typ = 'at+jwt' } = header;
    const key = this.keys.find((one) => one.alg === alg)!;
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: this.issuer, aud: this.audience, sub: 'ann', iat: now, exp: now + 600, client_id: 'app' };
    return new SignJWT({ ...usual, jti: crypto.randomUUID(), ...claims })
      .setProtectedHeader({ alg, typ, kid: header.kid ?? key.kid })
      .sign(await importJWK(key, alg));
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }

  private async token(parameters: Record<string, string>, which = 'access_token'): Promise<string> {
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('importer:a-secret-of-the-importer')}` },
      body: new URLSearchParams({ resource: this.audience, ...parameters }),
    });
    const { [which]: token } = (await response.json()) as Record<string, unknown>;
    if (typeof token !== 'string') throw new Error(`The OIDC provider answers ${response.status}.`);
    return token;
  }
}
