import { Writable } from 'node:stream';
import { Logger } from '@nestjs/common';
import fastify from 'fastify';
import { PrincipalLoad } from '#api/graphql/principal-load.js';
import { serveEvents } from '../events.js';
import { type OpenServices } from '../services.js';
import { createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

describe('what nobody expected', () => {
  afterEach(() => {
    Logger.overrideLogger(false);
  });

  it('is written to the log with where it came from, under the reference that the client got', async () => {
    const lines: string[] = [];
    const to = new Writable({
      write(line: Buffer, _encoding, written) {
        lines.push(line.toString());
        written();
      },
    });
    Logger.overrideLogger(new NestLogger(createLogger('error', () => undefined, to)));
    const server = fastify({ genReqId: () => 'request-1' });
    const feed = {
      get isEnding(): boolean {
        JSON.parse('"of a case" and more');
        return false;
      },
    };
    serveEvents(server, { feed, readModels: {}, policy: {} } as unknown as OpenServices, new PrincipalLoad(0));
    try {
      const { statusCode, body } = await server.inject('/events');
      const [{ extensions }] = (JSON.parse(body) as { errors: { extensions: object }[] }).errors;
      expect([statusCode, extensions]).toEqual([500, { code: 'INTERNAL', reference: expect.any(String) as string }]);
      const { reference } = extensions as { reference: string };
      const [line] = lines.map((one) => JSON.parse(one) as Record<string, string>);
      expect(line).toMatchObject({ level: 'error', context: 'Events', reference, request: 'request-1' });
      expect(line.error).toMatch(/^SyntaxError: .*\n.* at JSON\.parse/);
      expect(lines.join()).not.toContain('of a case');
    } finally {
      await server.close();
    }
  });
});
