import { type KeyRing } from './keys/key-ring.js';
import { type Principal } from './principal.js';
import { type TokenVerifier } from './tokens/token-verifier.js';

const SCHEME = 'bearer ';

/** Who is asking: whatever way in a request comes by, its `Authorization` value is read here and nowhere else. */
export class Authenticator {
  constructor(
    private readonly keys: Pick<KeyRing, 'verify'>,
    /** None where no OIDC provider is configured. */
    private readonly tokens: Pick<TokenVerifier, 'verify'> | null,
  ) {}

  /** The principal; null if the value is that of nobody (any more). At once, but for a token not seen before. */
  verify(authorization: string | undefined): Principal | null | Promise<Principal | null> {
    // The scheme's name in any letters: RFC 9110, 11.1.
    if (authorization?.slice(0, SCHEME.length).toLowerCase() !== SCHEME) return null;
    const credentials = authorization.slice(SCHEME.length);
    if (credentials.startsWith('clk_')) return this.keys.verify(credentials);
    return this.tokens ? this.tokens.verify(credentials) : null;
  }
}
