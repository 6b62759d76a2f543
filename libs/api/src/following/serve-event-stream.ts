import { type OperationReads } from '../operation-reads.js';
import { type OutgoingHttpHeaders } from 'node:http';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type GraphQLError, GraphQLList, GraphQLNonNull, GraphQLString } from 'graphql';
import { type Principal } from '#access/principal.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type AccessFilter } from '#read-models/access-filter.js';
import { type Feed } from '#read-models/following/feed.js';
import { type ReadSession } from '#read-models/read-session.js';
import { type Cursors } from '../cursors.js';
import { apiError, type ErrorFormat, invalid, NO_LONGER, statusOf } from '../errors.js';
import { coerced } from '../graphql/coercion.js';
import { validInput } from '../input-pipe.js';
import { keptId } from '../kept-id.js';
import { COME_BACK, EventStream } from './event-stream.js';
import { feedCursor, filterOf, startOf } from './feed-place.js';
import { FollowArgs } from './follow-args.js';

/** A silent stream is given a sign of life after so many milliseconds: proxies cut off what is silent for 30 s or more. */
const SILENCE = 15_000;
/** How often it is looked for streams that are silent, or whose clients may not follow any longer, in milliseconds. */
const ROUND = 1_000;

export interface EventStreamService {
  feed: Feed;
  cursors: Cursors;
  filterFor: (principal: Principal) => AccessFilter;
  /** Where it is noted what this principal is told. */
  notesFor: (principal: Principal) => OperationReads;
  /** Reads that find out where in the log a follower stands. */
  session: () => Pick<ReadSession, 'head' | 'wasRecorded'>;
  /** Counts the opening of a stream; why it is too many, if it is. */
  count: (principal: Principal) => GraphQLError | undefined;
  /** Why the principal's credential is not good for the feed; undefined if it is. */
  forbids: (principal: Principal) => GraphQLError | undefined;
  /** Whether both are shown the same of the feed. */
  seesAlike: (one: Principal, other: Principal) => boolean;
  /** Whose `Authorization` value this is; null if nobody's (any more). */
  authenticate: (authorization: string) => Promise<Principal | null>;
  errors: ErrorFormat;
  /** Milliseconds; 15,000 unless given. */
  silence?: number;
}

/** Serves the feed as server-sent events at `GET /events?after=&types=&cases=`. */
export function serveEventStream(fastify: FastifyInstance, service: EventStreamService): void {
  const { feed, errors, silence = SILENCE } = service;
  const streams = new Set<EventStream>();
  const round = setInterval(
    () => {
      const before = performance.now() - silence;
      for (const stream of streams)
        void (stream.writtenAt < before ? stream.beat() : stream.refused()).catch(() => undefined);
    },
    Math.min(ROUND, silence),
  );
  fastify.addHook('preClose', (done) => {
    for (const stream of streams) stream.leave();
    done();
  });
  fastify.addHook('onClose', () => clearInterval(round));

  const streamFor = async (request: FastifyRequest, reply: FastifyReply): Promise<EventStream> => {
    if (feed.isEnding) refuse('UNAVAILABLE', 'The server is ending; come back in a moment.');
    const principal = request.principal as Principal;
    const refused = service.count(principal) ?? service.forbids(principal);
    if (refused) throw refused;
    const args = followArgs(request);
    const cursors = service.cursors.of(principal.id);
    const { sequence: after } = await startOf(args, cursors, service.session());
    const { authorization = '' } = request.headers;
    const filter = service.filterFor(principal);
    const notes = service.notesFor(principal);
    notes.followed('sse');
    reply.hijack();
    const { raw } = reply;
    raw.shouldKeepAlive = false;
    raw.socket?.setKeepAlive(true, 60_000);
    raw.writeHead(200, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...HEADERS });
    return new EventStream(raw, feed.subscribe(filter, { transport: 'sse', after, ...filterOf(args) }), {
      cursorOf: (position) => feedCursor(cursors, position),
      told: (event) => notes.events([event]),
      refusal: async () => {
        const still = await service.authenticate(authorization);
        const refused = still ? service.forbids(still) : apiError('UNAUTHENTICATED', NO_LONGER);
        if (refused) return errors.format(refused);
        return service.seesAlike(principal, still!) ? undefined : COME_BACK;
      },
      format: (error) => errors.format(error, request.id),
    });
  };

  fastify.get('/events', { exposeHeadRoute: false }, async (request, reply) => {
    let stream: EventStream;
    try {
      stream = await streamFor(request, reply);
    } catch (error) {
      const formatted = errors.format(error, request.id);
      return reply.status(statusOf(formatted)).send({ errors: [formatted] });
    }
    streams.add(stream);
    void stream.run().finally(() => streams.delete(stream));
    return reply;
  });
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // nginx would hold back what it has not filled a buffer with.
  'x-accel-buffering': 'no',
};
const ALLOWED = ['after', 'types', 'cases'];
const TEXTS = new GraphQLList(new GraphQLNonNull(GraphQLString));

/** The address's parameters; `Last-Event-ID`, which a client sends that comes back, goes before `after`. Refuses with VALIDATION_FAILED. */
function followArgs({ raw, headers }: FastifyRequest): FollowArgs {
  const given = new URL(raw.url ?? '', 'http://localhost').searchParams;
  const violations = [...new Set(given.keys())].flatMap((name) => {
    if (!ALLOWED.includes(name)) return [violation('', 'UNKNOWN_ARGUMENT', `Allowed are ${ALLOWED.join(', ')}.`)];
    return name === 'after' && given.getAll(name).length > 1 ? [violation(name, 'ONCE', 'after is given once.')] : [];
  });
  if (violations.length > 0) throw invalid(violations);
  const list = (name: string) => (given.has(name) ? given.getAll(name).flatMap((text) => text.split(',')) : undefined);
  const texts = (name: string) => coerced(name, TEXTS, { [name]: list(name) }) as string[] | undefined;
  const after = coerced('after', GraphQLString, { after: headers['last-event-id'] || given.get('after') });
  return validInput(FollowArgs, { after, types: texts('types'), cases: texts('cases')?.map(keptId) });
}

const violation = (path: string, code: string, message: string) => ({ path, code, message });
