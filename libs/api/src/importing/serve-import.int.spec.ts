import fastify from 'fastify';
import { ann } from '../../../../test/builders/actors.js';
import { principal } from '../../../../test/builders/principals.js';
import { ErrorFormat } from '../errors.js';
import { type ImportService, serveImport } from './serve-import.js';

type Reported = [error: unknown, reference?: string, request?: string];

/** What was reported of an import of one line, and the lines of its answer, where these steps of it are replaced. */
async function imported(over: Partial<ImportService>): Promise<{ reported: Reported[]; lines: object[] }> {
  const reported: Reported[] = [];
  const server = fastify({ genReqId: () => 'request-1' });
  server.decorateRequest('principal', null);
  server.addHook('onRequest', (request, _reply, done) => {
    Object.assign(request, { principal: principal(ann) });
    done();
  });
  const broken = () => {
    throw new Error('Broken.');
  };
  serveImport(server, {
    commands: { read: broken, commandIdOf: () => 'c-1' } as unknown as ImportService['commands'],
    senderFor: () => broken,
    count: () => undefined,
    forbids: () => undefined,
    authenticate: () => Promise.resolve(null),
    errors: new ErrorFormat((...told) => void reported.push(told)),
    ...over,
  });
  try {
    const headers = { 'content-type': 'application/x-ndjson' };
    const { body } = await server.inject({ method: 'POST', url: '/import', headers, payload: '{"command":"x"}\n' });
    const lines = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    return { reported, lines };
  } finally {
    await server.close();
  }
}

describe('an error of an import that nobody expected', () => {
  const INTERNAL = { extensions: { code: 'INTERNAL', reference: expect.any(String) as string } };

  it('in a line is reported with its request, under the reference in the answer to the line', async () => {
    const { reported, lines } = await imported({});
    expect(lines).toMatchObject([
      { line: 1, commandId: 'c-1', error: INTERNAL },
      { done: true, refused: 1 },
    ]);
    const { reference } = (lines[0] as { error: { extensions: { reference: string } } }).error.extensions;
    expect(reported).toEqual([[new Error('Broken.'), reference, 'request-1']]);
  });

  it('that ends it is reported with its request, under the reference in the last line', async () => {
    const count = () => {
      throw new Error('No counting.');
    };
    const { reported, lines } = await imported({ count });
    expect(lines).toMatchObject([{ done: false, recorded: 0, error: INTERNAL }]);
    const { reference } = (lines[0] as { error: { extensions: { reference: string } } }).error.extensions;
    expect(reported).toEqual([[new Error('No counting.'), reference, 'request-1']]);
  });
});
