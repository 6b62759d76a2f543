import fastify from 'fastify';
import { buildSchema, type ExecutionResult } from 'graphql';
import { apiError, ErrorFormat } from '../errors.js';
import { Engine } from './engine.js';
import { Gate } from './gate.js';
import { serveHttp } from './http.js';

describe('the status of an answer over HTTP', () => {
  const answered = async (result: ExecutionResult, accept: string): Promise<number> => {
    const server = fastify();
    const errors = new ErrorFormat(() => undefined);
    const gate = new Gate(new Engine(buildSchema('type Query { a: Int }'), () => undefined), {});
    gate.execute = () => result;
    serveHttp(server, gate, errors, { path: '/graphql', contextFor: () => ({}), authenticate: () => null });
    const headers = { 'content-type': 'application/json', accept };
    const { statusCode } = await server.inject({
      ...{ method: 'POST', url: '/graphql', headers },
      payload: { query: '{ a }' },
    });
    return statusCode;
  };
  const overloaded = [apiError('OVERLOADED', 'Too much at once.')];
  const tooLong = [apiError('LIMIT_EXCEEDED', 'It took too long.')];
  const graphql = 'application/graphql-response+json';

  it.each<[string, ExecutionResult, string, number]>([
    ['nothing but OVERLOADED', { errors: overloaded }, graphql, 503],
    ['nothing but LIMIT_EXCEEDED', { errors: tooLong }, graphql, 400],
    ['nothing but an error', { errors: overloaded }, 'application/json', 200],
    ['data that is null', { data: null, errors: overloaded }, graphql, 200],
    ['data', { data: { a: 1 } }, graphql, 200],
  ])('of %s %j as %s is %i', async (_what, result, accept, status) => {
    expect(await answered(result, accept)).toBe(status);
  });
});
