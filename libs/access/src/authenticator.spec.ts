import { ann, bob } from '../../../test/builders/actors.js';
import { principal } from '../../../test/builders/principals.js';
import { Authenticator } from './authenticator.js';

const KEY = `clk_${'0'.repeat(16)}_${'a'.repeat(64)}`;
const [byKey, byToken] = [principal(ann), principal(bob)];
const keys = { verify: (text: string) => (text === KEY ? byKey : null) };
const tokens = { verify: (token: string) => (token === 'a.b.c' ? byToken : null) };
const authenticator = new Authenticator(keys, tokens);

describe('the Authorization header', () => {
  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('carries a key or a token behind %s', (scheme) => {
    expect(authenticator.verify(`${scheme} ${KEY}`)).toBe(byKey);
    expect(authenticator.verify(`${scheme} a.b.c`)).toBe(byToken);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    KEY,
    'a.b.c',
    `Basic ${KEY}`,
    `Bearer  ${KEY}`,
    ` Bearer ${KEY}`,
    `Bearer\t${KEY}`,
    `Bearer${KEY}`,
    `Bearer ${KEY}, Bearer ${KEY}`,
    `Bearer CLK${KEY.slice(3)}`,
  ])('lets nobody in by anything else: %j', (header) => expect(authenticator.verify(header)).toBeNull());

  it('carries no token where no provider is configured', () => {
    expect(new Authenticator(keys, null).verify('Bearer a.b.c')).toBeNull();
  });
});
