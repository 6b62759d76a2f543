import { Logger } from '@nestjs/common';
import { type FastifyInstance } from 'fastify';
import { ErrorFormat } from '#api/errors.js';
import { type PrincipalLoad } from '#api/graphql/principal-load.js';
import { OperationReads } from '#api/operation-reads.js';
import { serveEventStream } from '#api/following/serve-event-stream.js';
import { reportTo } from '#api/unexpected.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { notedIn, noteLacking } from './noted-denials.js';
import { type OpenServices } from './services.js';

/** `GET /events`: the feed as server-sent events, under the access of the key that is shown. To open it is an operation. */
export function serveEvents(
  fastify: FastifyInstance,
  { feed, cursors, policy, authenticator, readModels, reads }: OpenServices,
  load: PrincipalLoad,
): void {
  serveEventStream(fastify, {
    feed,
    cursors,
    session: () => readModels.session(EVERYTHING),
    filterFor: (principal) => policy.filter(principal),
    notesFor: (principal) => new OperationReads(principal, reads),
    count: ({ id }) => load.count(id),
    forbids: noteLacking(notedIn(reads), 'CASES', 'The feed is', 'GET /events'),
    seesAlike: (one, other) => policy.seesAlike(one, other),
    authenticate: async (authorization) => authenticator.verify(authorization),
    errors: new ErrorFormat(reportTo(new Logger('Events'))),
  });
}
