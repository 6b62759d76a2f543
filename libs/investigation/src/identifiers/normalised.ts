import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';
import { isSeen } from '#access/seen.js';
import { isShown } from '#event-sourcing/shown.js';
import { type IdentifierKind } from './identifier-kind.js';

/** How a concealed API key begins; SHA-256 as hex follows. */
export const CONCEALED = 'hmac-sha256:';

/** The shortest text that is taken for an API key. */
const KEY_LEAST = 8;

/**
 * An identifier as it is compared, however it was written: defanged (`hxxp://evil[.]example`), in other letters, an address in
 * a longer form. Null for what is none of its kind. An API key stays as it is: see `concealed`.
 */
export function normalised(kind: IdentifierKind, written: string): string | null {
  const text = written.trim().normalize('NFC');
  if (!isShown(text) || /\p{Cc}/u.test(text)) return null;
  switch (kind) {
    case 'IP':
      return ipAddress(refanged(text));
    case 'ASN':
      return asNumber(text);
    case 'EMAIL':
      return emailAddress(refanged(text));
    case 'DOMAIN':
      return domainName(refanged(text).replace(/\/$/, ''));
    case 'API_KEY':
      return text.length >= KEY_LEAST ? text : null;
    default:
      return text;
  }
}

/** Makes again of it what it was before it was written so that nobody opens it by mistake. */
function refanged(text: string): string {
  return text
    .replaceAll(/[[({]\s*(?:\.|dot)\s*[\])}]/gi, '.')
    .replaceAll(/[[({]\s*(?:@|at)\s*[\])}]/gi, '@')
    .replaceAll(/\[:\]/g, ':')
    .replace(/^h(?:tt|xx)ps?:\/\//i, '')
    .replace(/^mailto:/i, '');
}

/** RFC 1123 and IDNA (UTS #46), in lower case and ASCII, without the dot at its end. */
function domainName(text: string): string | null {
  if (/[\s/\\?#@:%<>[\]^|]/.test(text)) return null;
  const ascii = domainToASCII(text.toLowerCase()).replace(/\.$/, '');
  if (ascii.length > 253 || /(?:^|\.)\d+$/.test(ascii)) return null;
  return /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(ascii)
    ? ascii
    : null;
}

/** In lower case throughout: no service in use tells letters of mailboxes apart. */
function emailAddress(text: string): string | null {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), domainName(text.slice(at + 1))];
  const isLocal = at > 0 && local.length <= 64 && isSeen(local) && !/[\s@<>()[\],;:\\"]/.test(local);
  return isLocal && domain ? `${local.toLowerCase()}@${domain}` : null;
}

/** Four decimal parts, or RFC 5952; an IPv4 address that is mapped into IPv6 is the IPv4 address. */
function ipAddress(written: string): string | null {
  const text = /^\[(.*)\]$/.exec(written)?.[1] ?? written;
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return text;
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toRFC5952String();
}

/** `AS13335`: also of `asn 13335`, `13335` and the dotted `1.10` (RFC 5396). */
function asNumber(text: string): string | null {
  const [, high, low] = /^(?:ASN?\s*)?(?:(\d{1,5})\.)?(\d{1,10})$/i.exec(text) ?? [];
  if (low === undefined) return null;
  if (high !== undefined && (Number(high) > 65_535 || Number(low) > 65_535)) return null;
  const number = Number(high ?? 0) * 65_536 + Number(low);
  return number < 2 ** 32 ? `AS${number}` : null;
}
