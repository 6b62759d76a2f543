import { serverHere } from '../e2e/server-here.js';
import { ServerUnderTest } from './server-under-test.js';

/** What a start on this folder says when it fails. */
export async function refusal(dataDir: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const server = await serverHere(dataDir, environment).catch((error: Error) => error);
  if (server instanceof Error) return server.message;
  await server.stop();
  throw new Error('It listened.');
}

/** The same of a process of its own: exactly one line, with exit code 1 and nothing on stdout. */
export async function refusalApart(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const server = new ServerUnderTest(dataDir, environment);
  const listened = server.listening().then(
    () => server.stop().then(() => 'it listened'),
    () => 'it did not',
  );
  const { code, output, errors } = await server.ended;
  expect({ listened: await listened, code, output }).toEqual({ listened: 'it did not', code: 1, output: '' });
  expect(errors).toMatch(/^[^\n]+\.\n$/);
  return errors.trimEnd();
}
