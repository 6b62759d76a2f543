import {
  IsIn,
  IsInt,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  validateSync,
  type ValidationOptions,
} from 'class-validator';
import { isSafe } from '#access/tokens/safe-address.js';
import { ADDRESS, shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
import { PREFIX } from '#event-sourcing/log/eventstoredb/streams.js';
import { ADDRESS as POSTGRES, isTlsKnown, KNOWN_TLS } from '#read-models/postgres/address.js';
import { strayIn } from './stray.js';

const ROLES = ['api,projections', 'projections,api', 'api', 'projections'];
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The server's settings, from the environment; see docs/configuration.md. */
export class Config {
  @Length(1, 255, { message: 'a host name or address to listen on' })
  HOST = '127.0.0.1';

  @IsInt({ message: 'a port, 0 to 65535 (0: any free one)' })
  @Min(0, { message: 'a port, 0 to 65535 (0: any free one)' })
  @Max(65_535, { message: 'a port, 0 to 65535 (0: any free one)' })
  PORT = 4000;

  @Length(1, 4096, { message: 'the path of a folder' })
  DATA_DIR = './data';

  /** Where admin.key, cursor.key and identifier.key lie; empty: in DATA_DIR. Servers that share a log can share the folder. */
  @Length(0, 4096, { message: 'the path of a folder' })
  SECRETS_DIR = '';

  /** What this process does of what a server does; see `roles.ts`. */
  @IsIn(ROLES, { message: 'api,projections (both), api or projections' })
  ROLES = 'api,projections';

  @Matches(new RegExp(`^sqlite:$|${ADDRESS.source}`), {
    message: 'sqlite: (the embedded log in DATA_DIR), or esdb://… or esdb+discover://… (EventStoreDB)',
  })
  EVENT_LOG = 'sqlite:';

  /** Before every stream's name on EventStoreDB: installations with other prefixes can share a server. */
  @Matches(PREFIX, {
    message: 'empty, or up to 50 letters, digits, ".", "_" and ":", beginning with a letter or digit',
  })
  EVENT_LOG_PREFIX = '';

  @Matches(new RegExp(`^sqlite:$|${POSTGRES.source}`), {
    message: 'sqlite: (the embedded read store in DATA_DIR), or postgres://user:password@host:port/database',
  })
  @IsTlsKnown({ message: KNOWN_TLS })
  READ_STORE = 'sqlite:';

  @IsIn(LOG_LEVELS, { message: `one of ${LOG_LEVELS.join(', ')}` })
  LOG_LEVEL: LogLevel = 'warn';

  /** How long a read waits for what was just recorded, in milliseconds. */
  @IsInt({ message: 'milliseconds, 0 to 60000' })
  @Min(0, { message: 'milliseconds, 0 to 60000' })
  @Max(60_000, { message: 'milliseconds, 0 to 60000' })
  READ_WAIT_MS = 2000;

  /** Free space of the disk that holds DATA_DIR, in MiB, below which nothing more is stored. */
  @IsInt({ message: 'MiB, 0 to 1048576 (0: no floor)' })
  @Min(0, { message: 'MiB, 0 to 1048576 (0: no floor)' })
  @Max(1_048_576, { message: 'MiB, 0 to 1048576 (0: no floor)' })
  DISK_FLOOR_MB = 256;

  /** How long an event may wait for the read models while the server still counts as ready, in seconds. */
  @IsInt({ message: 'seconds, 1 to 86400' })
  @Min(1, { message: 'seconds, 1 to 86400' })
  @Max(86_400, { message: 'seconds, 1 to 86400' })
  READY_LAG_S = 60;

  /** Where traces are sent; empty: there are none. */
  @IsCollector({ message: 'the http:// or https:// address of a collector (OTLP over HTTP)' })
  OTEL_EXPORTER_OTLP_ENDPOINT = '';

  /** The OIDC provider whose access tokens are taken; empty: none are. */
  @IsIssuer({ message: 'the https address of an OIDC provider, as its tokens name it (http only for this machine)' })
  OIDC_ISSUER = '';

  /** Whom those tokens must be made for: this service. */
  @Length(0, 1000, { message: 'the name of this service in the tokens of the OIDC provider' })
  OIDC_AUDIENCE = '';

  @Length(1, 200, { message: 'the name of the claim that lists groups' })
  OIDC_GROUPS_CLAIM = 'groups';

  /** Operations that one principal may send in a second. */
  @IsInt({ message: 'operations in a second, 0 to 1000000 (0: as many as it likes)' })
  @Min(0, { message: 'operations in a second, 0 to 1000000 (0: as many as it likes)' })
  @Max(1_000_000, { message: 'operations in a second, 0 to 1000000 (0: as many as it likes)' })
  RATE_LIMIT = 10_000;

  /** Whether GraphQL's queries are answered by GET too: their text stands in addresses then, which logs and histories keep. */
  @IsIn(['true', 'false'], { message: 'true or false' })
  GRAPHQL_GET = 'false';

  @IsIn(['production', 'development', 'test'], { message: 'one of production, development, test' })
  NODE_ENV = 'development';
}

/** A setting that cannot be used: the message names the variable, what was given and what is allowed. */
export class BadConfig extends Error {}

/** Reads the settings; an empty or missing variable has its default. Throws BadConfig. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const config = new Config();
  const values = config as unknown as Record<string, string | number>;
  for (const name of Object.keys(values)) {
    const given = env[name];
    if (given === undefined || given === '') continue;
    const stray = strayIn(name, given);
    if (stray) throw new BadConfig(stray);
    values[name] = typeof values[name] === 'number' && /^\d+$/.test(given) ? Number(given) : given;
  }
  const [error] = validateSync(config);
  if (error) {
    const [allowed] = Object.values(error.constraints ?? {});
    throw new BadConfig(`${error.property} is ${shown(env[error.property])}; allowed is ${allowed}.`);
  }
  if ((config.OIDC_ISSUER === '') !== (config.OIDC_AUDIENCE === '')) {
    const missing = config.OIDC_ISSUER === '' ? 'OIDC_ISSUER' : 'OIDC_AUDIENCE';
    throw new BadConfig(`${missing} is missing; set OIDC_ISSUER and OIDC_AUDIENCE both, or neither.`);
  }
  checkEmbedded(config);
  return config;
}

/** The embedded engines are one process's, and all that cannot be rebuilt lies in its folder. */
function checkEmbedded({ ROLES: roles, EVENT_LOG: log, READ_STORE: store, SECRETS_DIR: secrets }: Config): void {
  const embedded = log === 'sqlite:' ? 'EVENT_LOG' : store === 'sqlite:' ? 'READ_STORE' : undefined;
  if (embedded && !roles.includes(',')) {
    throw new BadConfig(
      `ROLES is ${JSON.stringify(roles)}; allowed is api,projections while ${embedded} is "sqlite:": the embedded engines need both in one process. To split the server, set EVENT_LOG to esdb://… and READ_STORE to postgres://….`,
    );
  }
  if (secrets !== '' && log === 'sqlite:') {
    throw new BadConfig(
      `SECRETS_DIR is ${JSON.stringify(secrets)}; allowed is none while EVENT_LOG is "sqlite:": a backup of DATA_DIR takes the secrets with the log.`,
    );
  }
}

/** Empty, or an address that tokens can safely be checked by. */
function IsIssuer(options: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown): boolean =>
    value === '' || (typeof value === 'string' && URL.canParse(value) && isIssuer(new URL(value), value));
  return ValidateBy({ name: 'isIssuer', validator: { validate } }, options);
}

/** OpenID Connect Discovery 1.0, section 3: an issuer has neither query nor fragment; no request carries a user and password. */
const isIssuer = (url: URL, text: string): boolean =>
  isSafe(url) && url.username === '' && url.password === '' && !/[?#]/.test(text);

function IsTlsKnown(options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isTlsKnown', validator: { validate: (value) => isTlsKnown(String(value)) } }, options);
}

/** Empty, or an address that the exporter of traces can read: it would end the start with its own words, a password among them. */
function IsCollector(options: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown): boolean =>
    value === '' || (typeof value === 'string' && /^https?:\/\/[^\s/]/.test(value) && URL.canParse(value));
  return ValidateBy({ name: 'isCollector', validator: { validate } }, options);
}

/** What was given, without the password of an address: this is printed, and kept in logs. */
const shown = (value = ''): string => JSON.stringify(shownAddress(value));
