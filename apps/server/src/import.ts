import { Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ErrorFormat } from '#api/errors.js';
import { type PrincipalLoad } from '#api/graphql/principal-load.js';
import { ImportCommands } from '#api/importing/import-command.js';
import { serveImport } from '#api/importing/serve-import.js';
import { RequestContext } from '#api/request-context.js';
import { traceparentOf } from '#api/request-trace.js';
import { sendCommand } from '#api/send-command.js';
import { reportTo } from '#api/unexpected.js';
import { importedMutations } from '#investigation/resolvers.js';
import { notedIn, noteLacking } from './noted-denials.js';
import { type OpenServices } from './services.js';

/** `POST /import`: commands on cases, a line each, under the rights of the key that is shown. Each counts as an operation. */
export function serveImports(app: NestFastifyApplication, services: OpenServices, load: PrincipalLoad): void {
  const bus = app.get(CommandBus);
  const commands = new ImportCommands(app.get(GraphQLSchemaHost).schema, importedMutations);
  serveImport(app.getHttpAdapter().getInstance(), {
    commands,
    senderFor: (principal, { id, headers }) => {
      const context = new RequestContext(principal, services, { id, traceparent: traceparentOf(headers) });
      return ({ sent, command }) => sendCommand(bus, sent, command, context, sent.prepare?.(command) ?? {});
    },
    count: ({ id }) => load.count(id),
    forbids: noteLacking(notedIn(services.reads), 'CASES', 'Importing is', 'POST /import'),
    authenticate: async (authorization) => services.authenticator.verify(authorization),
    errors: new ErrorFormat(reportTo(new Logger('Import'))),
  });
}
