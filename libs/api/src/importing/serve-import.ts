import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { type GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Principal } from '#access/principal.js';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { apiError, type ErrorFormat, invalid } from '../errors.js';
import { type ImportCommands, type ImportedCommand, LINE_LIMIT } from './import-command.js';
import { ImportRun, type LineAnswer } from './import-run.js';
import { linesOf } from './lines.js';

/** How often it is looked whether a credential is still good, in milliseconds. */
const ROUND = 1_000;
const NDJSON = 'application/x-ndjson';

export interface ImportService {
  commands: ImportCommands;
  /** Carries the commands of a request out for this principal. */
  senderFor: (principal: Principal, request: FastifyRequest) => (imported: ImportedCommand) => Promise<CommandResult>;
  /** Counts a command; why it is too many, if it is. */
  count: (principal: Principal) => GraphQLError | undefined;
  /** Why the principal's credential is not good for importing; undefined if it is. */
  forbids: (principal: Principal) => GraphQLError | undefined;
  /** Whose `Authorization` value this is; null if nobody's (any more). */
  authenticate: (authorization: string) => Promise<Principal | null>;
  errors: ErrorFormat;
}

/**
 * Serves `POST /import`: a command a line as JSON, each carried out as the mutation of its name would be, with the same rights
 * and errors. The answer has a line for each, in their order, and one more at its end, `{ "done": … }`: without it something
 * cut the answer short.
 */
export function serveImport(fastify: FastifyInstance, service: ImportService): void {
  const { errors } = service;
  let ending = false;
  fastify.addHook('preClose', (done) => {
    ending = true;
    done();
  });

  const answer = (request: FastifyRequest): AsyncGenerator<string> => {
    let principal = request.principal as Principal;
    let send = service.senderFor(principal, request);
    const format = (error: unknown): GraphQLFormattedError => errors.format(error, request.id);
    const principalNow = lookedUp(service, request.headers.authorization ?? '', principal);
    const run = new ImportRun({
      read: (line) => service.commands.read(line),
      commandIdOf: (line) => service.commands.commandIdOf(line),
      send: (imported) => send(imported),
      format,
      admit: async () => {
        if (ending) throw ENDING;
        const now = await principalNow();
        if (now !== principal) [principal, send] = [now, service.senderFor(now, request)];
        for (let refused = service.count(principal); refused; refused = service.count(principal))
          await pause(refused.extensions.retryAfterMs as number);
      },
    });
    // What is not read of the body is left to the server: to destroy it would cut the answer off.
    const body = (request.body as Readable).iterator({ destroyOnReturn: false });
    return asText(run.answers(linesOf(body, LINE_LIMIT)), format);
  };

  void fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(NDJSON, (_request, payload, parsed) => parsed(null, payload));
    scope.route({
      method: 'POST',
      url: '/import',
      // Of lines: a body has no bound.
      bodyLimit: Number.MAX_SAFE_INTEGER,
      handler: (request, reply) => {
        const refused = service.forbids(request.principal as Principal);
        if (refused) return reply.status(403).send({ errors: [errors.format(refused)] });
        // Without a body there is none of that type either.
        if (!request.body) return reply.status(415).send({ errors: [errors.format(MALFORMED)] });
        return reply.type(NDJSON).send(Readable.from(answer(request)));
      },
      errorHandler: (error: FastifyError, { id }, reply) => {
        const status = error.statusCode ?? 500;
        void reply.status(status).send({ errors: [errors.format(status < 500 ? MALFORMED : error, id)] });
      },
    });
    scope.route({
      // A GET answers HEAD as well.
      method: ['GET', 'PUT', 'PATCH', 'DELETE'],
      url: '/import',
      handler: (_request, reply) =>
        reply
          .status(405)
          .header('allow', 'POST')
          .send({ errors: [errors.format(MALFORMED)] }),
    });
    done();
  });
}

const FORM = `Send the commands by POST, as ${NDJSON}, a line each: {"command": "openCase", "input": {…}}.`;
const MALFORMED = invalid([{ path: '', code: 'REQUEST', message: FORM }]);
const ENDING = apiError('UNAVAILABLE', 'The server is ending; send the lines that have no answer again in a moment.');
const NO_LONGER = apiError(
  'UNAUTHENTICATED',
  'The key is valid no longer; send the lines without answer with another.',
);

/** Whose the credential is by now, with the roles of now; looks once a second. Throws where it is not good any more. */
function lookedUp(
  { authenticate, forbids }: ImportService,
  authorization: string,
  first: Principal,
): () => Promise<Principal> {
  let [principal, asked] = [first, performance.now()];
  return async () => {
    if (performance.now() - asked < ROUND) return principal;
    asked = performance.now();
    const found = await authenticate(authorization);
    const refused = found ? forbids(found) : NO_LONGER;
    if (refused) throw refused;
    return (principal = found!);
  };
}

/** A line each, and the last one, which says how many there were of what, or why it ended before. */
async function* asText(
  answers: AsyncGenerator<LineAnswer>,
  format: (error: unknown) => GraphQLFormattedError,
): AsyncGenerator<string> {
  const counts = { recorded: 0, repeated: 0, refused: 0 };
  try {
    for await (const one of answers) {
      counts['error' in one ? 'refused' : one.repeated ? 'repeated' : 'recorded']++;
      yield `${JSON.stringify(one)}\n`;
    }
    yield `${JSON.stringify({ done: true, ...counts })}\n`;
  } catch (error) {
    yield `${JSON.stringify({ done: false, ...counts, error: format(error) })}\n`;
  }
}
