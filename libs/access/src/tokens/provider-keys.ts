import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JSONWebKeySet,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  type JWTVerifyResult,
  type RemoteJWKSet,
} from 'jose';
import { isSafe } from './safe-address.js';

/** How long one request to the provider may take, in milliseconds. */
const TIMEOUT = 5_000;
/** After so long the keys are fetched again, while those known go on working. */
const REFRESH = 600_000;
/** So long after a fetch, good or bad, an unknown key does not lead to another one. */
const COOL_DOWN = 30_000;
/** The provider is asked again so long after it could not be reached before its keys were ever known. */
const COLD_COOL_DOWN = 2_000;

/** The provider cannot be asked for its keys, and the one needed is not known. */
export class ProviderUnreachable extends Error {}

/**
 * The signing keys of an OIDC provider, found by its discovery document. Keys once fetched go on working while the provider is
 * down; those it has withdrawn stop as soon as it is reached again.
 */
export class ProviderKeys {
  /** Grows whenever keys were fetched: what was verified before may be signed with one that is withdrawn. */
  generation = 0;
  private keys: RemoteJWKSet | undefined;
  private opening: Promise<RemoteJWKSet> | undefined;
  private refreshing: Promise<void> | undefined;
  private askedAt = -Infinity;
  private asks = 0;
  private failedAt = -Infinity;
  /** That they cannot be had was told, and they were not had since. */
  private isTold = false;

  constructor(
    private readonly issuer: string,
    private readonly now: () => number = Date.now,
    private readonly warn: (message: string) => void = () => undefined,
  ) {}

  /**
   * What a token says, once it is found to be signed with the key that it names; where several may be meant, as they bear one name
   * or none, with one of them. Rejects with jose's errors, or ProviderUnreachable.
   */
  async verified(token: string, options: JWTVerifyOptions): Promise<JWTVerifyResult> {
    const found = await this.tried(token, options);
    if (found) return found;
    // As where a key is not known: it may be newer than those that are.
    const isFresh = this.now() - this.askedAt <= COOL_DOWN;
    if (!isFresh) await this.refresh();
    const again = isFresh ? undefined : await this.tried(token, options);
    if (!again) throw new errors.JWSSignatureVerificationFailed();
    return again;
  }

  /** Nothing where several keys may be meant, and it is signed with none of them. */
  private async tried(token: string, options: JWTVerifyOptions): Promise<JWTVerifyResult | undefined> {
    try {
      return await jwtVerify(token, this.key, options);
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      for await (const key of error) {
        try {
          return await jwtVerify(token, key, options);
        } catch (failure) {
          if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
        }
      }
      return undefined;
    }
  }

  private readonly key: JWTVerifyGetKey = async (header, token) => {
    const keys = this.keys ?? (await this.open());
    if (this.now() - this.askedAt > REFRESH) void this.refresh();
    const { asks } = this;
    try {
      return await keys(header, token);
    } finally {
      if (asks !== this.asks) this.generation++;
    }
  };

  /** Fetches the keys ahead of the first token; a provider that is down is asked again when a token comes. */
  async warm(): Promise<void> {
    await this.open().catch(() => undefined);
  }

  private open(): Promise<RemoteJWKSet> {
    return (this.opening ??= this.discover().finally(() => (this.opening = undefined)));
  }

  private async discover(): Promise<RemoteJWKSet> {
    const document = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const url = await this.ask(document, COLD_COOL_DOWN, (found) => this.addressIn(found));
    const keys = createRemoteJWKSet(url, {
      cacheMaxAge: Infinity,
      cooldownDuration: COOL_DOWN,
      timeoutDuration: TIMEOUT,
      [customFetch]: (address, options) =>
        this.ask(address, this.keys ? COOL_DOWN : COLD_COOL_DOWN, (found) => this.keySet(found), options.signal),
    });
    await keys.reload();
    return (this.keys = keys);
  }

  /** Where the keys lie, by the discovery document. */
  private async addressIn(found: Response): Promise<URL> {
    const { issuer, jwks_uri: address } = (await found.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (issuer !== this.issuer) throw new ProviderUnreachable(`The provider calls itself ${String(issuer)}.`);
    const url = URL.canParse(String(address)) ? new URL(String(address)) : undefined;
    if (!url || !isSafe(url)) throw new ProviderUnreachable('The provider names no address of its keys (https).');
    return url;
  }

  private refresh(): Promise<void> {
    return (this.refreshing ??= (this.keys?.reload() ?? Promise.resolve())
      .then(
        () => void this.generation++,
        () => undefined,
      )
      .finally(() => (this.refreshing = undefined)));
  }

  /**
   * Not while a failure is fresh: tokens with unknown keys would have the provider asked without end. An answer that cannot be read
   * is one.
   */
  private async ask<T>(
    address: string,
    coolDown: number,
    read: (response: Response) => Promise<T>,
    signal = AbortSignal.timeout(TIMEOUT),
  ): Promise<T> {
    if (this.now() - this.failedAt < coolDown) throw new ProviderUnreachable('The provider could not be reached.');
    this.askedAt = this.now();
    this.asks++;
    try {
      const response = await fetch(address, { signal, redirect: 'manual', headers: { accept: 'application/json' } });
      if (response.status !== 200) throw new ProviderUnreachable(`The provider answers ${response.status}.`);
      const answer = await read(response);
      this.failedAt = -Infinity;
      return answer;
    } catch (error) {
      this.failedAt = this.now();
      this.tell(error);
      throw error;
    }
  }

  /** Keys, found to be such before they are given to jose. */
  private async keySet(response: Response): Promise<Response> {
    const set = (await response.json()) as JSONWebKeySet;
    createLocalJWKSet(set);
    this.isTold = false;
    return Response.json(set);
  }

  private tell(error: unknown): void {
    if (this.isTold) return;
    this.isTold = true;
    // What went wrong with a request is its cause; the error itself says no more than that it did.
    const { message, cause } = error as Error;
    this.warn(
      `The OIDC provider ${this.issuer} cannot be asked for its keys (${(cause as Error | undefined)?.message || message}): tokens that are signed with a key not known yet are refused until it can.`,
    );
  }
}
