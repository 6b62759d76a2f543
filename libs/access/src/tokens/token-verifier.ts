import { type GroupDirectory } from '../groups/group-directory.js';
import { type Principal, usualScopes } from '../principal.js';
import { identityIn, type TokenIdentity } from './claims.js';
import { ProviderKeys } from './provider-keys.js';

export interface TokenSettings {
  /** The provider's address, exactly as its tokens name it. */
  issuer: string;
  /** Whom tokens must be made for: this service. */
  audience: string;
  /** The claim that lists a person's groups. */
  groupsClaim: string;
  /** Told, in a sentence for an operator, when the provider's keys cannot be had. Default: nobody is. */
  warn?: (message: string) => void;
}

const ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'PS256', 'RS256'];
const REQUIRED = ['sub', 'exp', 'iat', 'jti', 'client_id'];
/** Seconds that the provider's clock may differ from ours. */
const TOLERANCE = 30;
/** Characters; longer ones are not looked at. */
const MOST_CHARACTERS = 8_192;
/** Tokens seen lately; all are forgotten when more come. */
const MOST_REMEMBERED = 2_000;

/** Recognises people and programs by the access tokens (RFC 9068) of one OIDC provider. */
export class TokenVerifier {
  private readonly keys: ProviderKeys;
  private readonly verified = new Map<string, TokenIdentity & { generation: number }>();
  private readonly principals = new WeakMap<TokenIdentity, { changes: number; principal: Principal }>();

  constructor(
    private readonly settings: TokenSettings,
    private readonly directory: Pick<GroupDirectory, 'claimed' | 'rightsOf' | 'knownSince' | 'changes'>,
    private readonly now: () => number = Date.now,
  ) {
    this.keys = new ProviderKeys(settings.issuer, now, settings.warn);
  }

  /** Fetches the provider's keys ahead of the first token. */
  warm(): Promise<void> {
    return this.keys.warm();
  }

  /** Whose token it is, at once if it was seen before; null if it is not good, or cannot be checked now. */
  verify(token: string): Principal | null | Promise<Principal | null> {
    const known = this.verified.get(token);
    if (known?.generation !== this.keys.generation) return token.length <= MOST_CHARACTERS ? this.check(token) : null;
    if (known.expiresAt + TOLERANCE > this.now() / 1000) return this.principalOf(known);
    this.verified.delete(token);
    return null;
  }

  private async check(token: string): Promise<Principal | null> {
    const { issuer, audience, groupsClaim } = this.settings;
    let identity: TokenIdentity & { generation: number };
    const { generation } = this.keys;
    try {
      const currentDate = new Date(this.now());
      const { payload } = await this.keys.verified(token, {
        ...{ issuer, audience, algorithms: ALGORITHMS, typ: 'at+jwt', requiredClaims: REQUIRED },
        ...{ clockTolerance: TOLERANCE, currentDate },
      });
      if (payload.iat! > currentDate.getTime() / 1000 + TOLERANCE) return null;
      identity = { ...identityIn(payload, groupsClaim), generation };
    } catch {
      // Whatever is wrong with it, it opens nothing; a client learns no more than that.
      return null;
    }
    // Recorded before anything is opened by it: who could see what can be told from the log alone.
    await this.directory.claimed(identity.id, identity.name, identity.groups);
    if (this.verified.size >= MOST_REMEMBERED) this.verified.clear();
    this.verified.set(token, identity);
    return this.principalOf(identity);
  }

  /** Made anew when mappings have changed, and the same object until then. */
  private principalOf(identity: TokenIdentity): Principal {
    const { changes } = this.directory;
    const known = this.principals.get(identity);
    if (known?.changes === changes) return known.principal;
    const { id, name, kind, issuer, subject, credential, groups } = identity;
    const { roles, organisation } = this.directory.rightsOf(groups);
    const principal: Principal = {
      ...{ id, name, kind, authentication: 'OIDC', issuer, subject, credential, onBehalfOf: null },
      ...{ roles, groups, organisation, scopes: usualScopes(roles) },
      since: this.directory.knownSince(id, groups),
    };
    this.principals.set(identity, { changes, principal });
    return principal;
  }
}
