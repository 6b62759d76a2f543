import fc from 'fast-check';
import { IdentifierKind } from './identifier-kind.js';
import { normalised } from './normalised.js';

describe('an identifier as it is compared', () => {
  it.each<[kind: IdentifierKind, written: string, expected: string | null]>([
    ['DOMAIN', 'EVIL[.]Example', 'evil.example'],
    ['DOMAIN', 'hxxps://evil(.)example/', 'evil.example'],
    ['DOMAIN', 'evil[dot]example.', 'evil.example'],
    ['DOMAIN', 'bücher.example', 'xn--bcher-kva.example'],
    ['DOMAIN', 'XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['DOMAIN', 'a_b.example', 'a_b.example'],
    ['DOMAIN', 'evil.example/path', null],
    ['DOMAIN', 'localhost', null],
    ['DOMAIN', '203.0.113.7', null],
    ['DOMAIN', 'a..example', null],
    ['DOMAIN', `${'a'.repeat(64)}.example`, null],
    ['IP', '203[.]0[.]113[.]7', '203.0.113.7'],
    ['IP', '2001:DB8:0:0::0001', '2001:db8::1'],
    ['IP', '[2001:db8::1]', '2001:db8::1'],
    ['IP', '::ffff:203.0.113.7', '203.0.113.7'],
    ['IP', '203.0.113.007', null],
    ['IP', '203.0.113.256', null],
    ['IP', '203.0.113', null],
    ['IP', '0xcb007107', null],
    ['IP', 'fe80::1%eth0', null],
    ['IP', '203.0.113.0/24', null],
    ['ASN', 'as 64500', 'AS64500'],
    ['ASN', '64500', 'AS64500'],
    ['ASN', 'ASN0064500', 'AS64500'],
    ['ASN', '1.10', 'AS65546'],
    ['ASN', '4294967296', null],
    ['ASN', '1.70000', null],
    ['ASN', 'sixty', null],
    ['EMAIL', 'Mallory[at]EVIL[.]example', 'mallory@evil.example'],
    ['EMAIL', 'mailto:m@bücher.example', 'm@xn--bcher-kva.example'],
    ['EMAIL', 'a@b@evil.example', null],
    ['EMAIL', '@evil.example', null],
    ['EMAIL', 'mallory', null],
    ['EMAIL', 'mal\u200blory@evil.example', null],
    ['EMAIL', 'mal\u0085lory@evil.example', null],
    ['EMAIL', 'mal\ufe0flory@evil.example', null],
    ['ACCOUNT', '\u200b', null],
    ['ACCOUNT', 'acct\u0085', null],
    ['ACCOUNT', ' acct-1 ', 'acct-1'],
    ['ACCOUNT', 'Acct-1', 'Acct-1'],
    ['DEVICE', 'a\nb', null],
    ['ORGANISATION_ID', ' ', null],
    ['API_KEY', 'sk-12345', 'sk-12345'],
    ['API_KEY', 'short', null],
  ])('%s %j is %j', (kind, written, expected) => {
    expect(normalised(kind, written)).toBe(expected);
  });

  it('stays as it is once it is, whatever was written', () => {
    const kinds = fc.constantFrom(...(Object.keys(IdentifierKind) as IdentifierKind[]));
    const written = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.domain(),
      fc.ipV4(),
      fc.ipV6(),
      fc.emailAddress(),
      fc.nat(2 ** 31).map(String),
    );
    let normal = 0;
    fc.assert(
      fc.property(kinds, written, (kind, text) => {
        const once = normalised(kind, text);
        if (once === null) return;
        normal++;
        expect(normalised(kind, once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
    expect(normal).toBeGreaterThan(200);
  });
});
