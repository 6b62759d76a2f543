import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Service } from './service.js';

/** Sends notes without end, as fast as they are taken; the answer, once it comes. */
async function endlessImport(service: Service): Promise<IncomingMessage> {
  const authorization = `Bearer ${await service.investigatorKey}`;
  const headers = { authorization, 'content-type': 'application/x-ndjson' };
  const sent = request(`${service.url}/import`, { method: 'POST', headers });
  const line = `${JSON.stringify({ command: 'addNote', input: {} })}\n`.repeat(1_000);
  const send = (): void => {
    while (sent.write(line));
  };
  sent.on('drain', send).on('error', () => undefined);
  send();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
}

it('a server that ends answers an import that is still being sent, and does not wait for the rest of it', async () => {
  const service = await Service.start();
  const answer = await endlessImport(service);
  let text = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const answered = once(answer, 'end');
  await once(answer, 'data');
  const before = performance.now();
  const stopped = service.stop();
  await answered;
  await stopped;
  // After ten seconds all connections are cut.
  expect(performance.now() - before).toBeLessThan(8_000);
  const last = JSON.parse(text.trim().split('\n').pop()!) as object;
  expect(last).toMatchObject({ done: false, error: { extensions: { code: 'UNAVAILABLE' } } });
});
