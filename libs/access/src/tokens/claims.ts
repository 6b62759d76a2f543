import { type JWTPayload } from 'jose';
import { isShown } from '#event-sourcing/shown.js';
import { MOST_PRINCIPAL, type PrincipalKind } from '../principal.js';
import { isSeen, WRITE_AS_SEEN } from '../seen.js';

/** Who a token is about, as the provider tells. */
export interface TokenIdentity {
  /** `<issuer>#<subject>`. */
  id: string;
  issuer: string;
  subject: string;
  name: string;
  kind: PrincipalKind;
  /** The token's own id. */
  credential: string;
  /** In alphabetical order, each once. */
  groups: string[];
  /** Seconds since 1970. */
  expiresAt: number;
}

/** A token whose claims are not what they must be. The message is for operators, clients get 401. */
export class UnusableClaims extends Error {}

/** The longest subject that OpenID Connect allows, in characters. */
const MOST_SUBJECT = 255;
const MOST_NAME = 200;
const MOST_GROUP = 200;

/**
 * Reads verified claims (RFC 9068). A token that a client got for itself (`sub` is its `client_id`) is a program's, any other a
 * person's. Delegated tokens (`act`, RFC 8693) are not taken: who acts and whose rights count would be two.
 */
export function identityIn(claims: JWTPayload, groupsClaim: string): TokenIdentity {
  const { iss, sub, jti, exp, client_id: client } = claims;
  const subject = text(sub, 'sub', MOST_SUBJECT);
  if (!isSeen(subject)) throw new UnusableClaims(`The claim sub ${WRITE_AS_SEEN}.`);
  const issuer = text(iss, 'iss', 2_000);
  const id = `${issuer}#${subject}`;
  if (id.length > MOST_PRINCIPAL)
    throw new UnusableClaims(`The claims iss and sub must be ${MOST_PRINCIPAL - 1} characters at most together.`);
  if (claims.act !== undefined) throw new UnusableClaims('A delegated token (act) is not taken.');
  const names = [claims.name, claims.preferred_username, claims.email, subject];
  return {
    id,
    issuer,
    subject,
    name: names.find((name): name is string => isText(name, MOST_NAME) && isShown(name)) ?? subject,
    kind: client === subject ? 'SERVICE' : 'PERSON',
    credential: text(jti, 'jti', 200),
    groups: groupsIn(claims[groupsClaim]),
    expiresAt: exp!,
  };
}

/**
 * A list of names, or one name; whatever else stands there names no group. Each as it is given, by which it may be mapped from
 * before, and in the form that it would be mapped in now: a group can also take rights away.
 */
function groupsIn(claim: unknown): string[] {
  const given: unknown[] = Array.isArray(claim) ? claim : [claim];
  const groups = given.filter((group): group is string => isText(group, MOST_GROUP));
  return [...new Set(groups.flatMap((group) => [group, group.normalize('NFC')]))].sort();
}

function text(claim: unknown, name: string, most: number): string {
  if (isText(claim, most)) return claim;
  throw new UnusableClaims(`The claim ${name} must be a text of 1 to ${most} characters.`);
}

/** Nothing that could not be stored, or would read as something else than it is. */
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most && !/[\p{Cc}\p{Cs}]/u.test(value);
