import fc from 'fast-check';
import { BadConfig, Config, readConfig } from './config.js';
import { rolesOf } from './roles.js';

describe('settings', () => {
  it('have their defaults where a variable is missing or empty', () => {
    const defaults = { ...new Config() };
    expect({ ...readConfig({}) }).toEqual(defaults);
    expect({ ...readConfig(Object.fromEntries(Object.keys(defaults).map((name) => [name, ''] as const))) }).toEqual(
      defaults,
    );
  });

  it.each([
    ['HOST', 'x'.repeat(300), 'a host name or address'],
    ['PORT', '70000', 'a port, 0 to 65535'],
    ['PORT', 'http', 'a port, 0 to 65535'],
    ['PORT', '1e3', 'a port, 0 to 65535'],
    ['DATA_DIR', 'x'.repeat(5_000), 'the path of a folder'],
    ['EVENT_LOG', 'postgres://x', 'sqlite:'],
    ['EVENT_LOG_PREFIX', '$mine', 'up to 50 letters'],
    ['READ_STORE', 'mysql://x', 'sqlite:'],
    ['READ_STORE', 'postgres://x/y?SSLMODE=require', 'no setting of TLS but ssl, sslmode'],
    ['READ_STORE', 'postgres://x/y?a=b&sslmod=require', 'no setting of TLS but ssl, sslmode'],
    ['ROLES', 'api,reactions', 'api,projections (both), api or projections'],
    ['ROLES', 'api', 'api,projections while EVENT_LOG is "sqlite:"'],
    ['ROLES', 'projections', 'the embedded engines need both in one process'],
    ['SECRETS_DIR', './secrets', 'none while EVENT_LOG is "sqlite:"'],
    ['LOG_LEVEL', 'loud', 'one of fatal, error, warn'],
    ['READ_WAIT_MS', '-1', 'milliseconds, 0 to 60000'],
    ['DISK_FLOOR_MB', '-1', 'MiB, 0 to 1048576'],
    ['READY_LAG_S', '0', 'seconds, 1 to 86400'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4317', 'the http:// or https:// address'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:99999', 'the http:// or https:// address'],
    ['OIDC_ISSUER', 'https://idp.example/?tenant=1', 'the https address of an OIDC provider'],
    ['OIDC_ISSUER', 'https://idp.example/#', 'the https address of an OIDC provider'],
    ['OIDC_ISSUER', 'https://somebody@idp.example/', 'the https address of an OIDC provider'],
    ['NODE_ENV', 'prod', 'one of production, development, test'],
  ])('name the variable %s that was set to %s, and what is allowed', (name, value, allowed) => {
    const read = (): Config => readConfig({ [name]: value });
    expect(read).toThrow(BadConfig);
    expect(read).toThrow(name);
    expect(read).toThrow(value);
    expect(read).toThrow(allowed);
  });

  it.each(['DATA_DIR', 'SECRETS_DIR', 'HOST', 'OIDC_AUDIENCE', 'OIDC_GROUPS_CLAIM', 'PORT'])(
    'are refused with a line’s end behind %s, or blanks around it',
    (name) => {
      for (const value of ['4000\r', '4000\n', ' 4000', '4000 ', ' ', '40\u000000']) {
        const allowed = `${name} has blanks around it, or a line's end or another control character in it; allowed is none.`;
        expect(() => readConfig({ [name]: value })).toThrow(new BadConfig(allowed));
      }
    },
  );

  it('are told without the password of an address that nobody can read', () => {
    const read = () => readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:secret@[collector' });
    expect(read).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT is "http://user:…@[collector"; allowed is');
  });

  it('take TLS to the database as the driver reads it', () => {
    const READ_STORE = 'postgres://u:p@h/d?sslmode=verify-full&sslrootcert=/ca.crt&sslcert=/c&sslkey=/k&ssl=true';
    expect(readConfig({ READ_STORE })).toMatchObject({ READ_STORE });
  });

  it('split the server where neither engine is embedded', () => {
    const scaled = { EVENT_LOG: 'esdb://127.0.0.1:2113', READ_STORE: 'postgres://127.0.0.1/caseledger', ROLES: 'api' };
    expect(readConfig({ ...scaled, SECRETS_DIR: '/secrets' })).toMatchObject(scaled);
    expect([...rolesOf(readConfig(scaled))]).toEqual(['api']);
    expect(() => readConfig({ ...scaled, READ_STORE: '' })).toThrow('while READ_STORE is "sqlite:"');
    expect(rolesOf(readConfig({})).size).toBe(2);
  });

  it('are refused in one sentence whatever they are set to', () => {
    const name = fc.constantFrom(...Object.keys(new Config()));
    fc.assert(
      fc.property(name, fc.string({ maxLength: 20 }), (variable, value) => {
        try {
          readConfig({ [variable]: value });
        } catch (error) {
          expect(error).toBeInstanceOf(BadConfig);
          expect((error as Error).message).toMatch(/^[^]+\.$/);
        }
      }),
    );
  });
});
