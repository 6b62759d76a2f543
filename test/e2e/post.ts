import { Agent, request } from 'node:http';

/** Connections stay for the next request, and keep no process alive. */
const kept = new Agent({ keepAlive: true });

/**
 * What a POST of JSON is answered. A third of the work of `fetch`, which tests of many requests mostly consisted of.
 * Rejects when no whole answer came.
 */
export function post(url: string, key: string, body: object, agent = kept): Promise<{ status: number; text: string }> {
  const sent = JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(sent),
  };
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject).on('end', () => {
        if (response.complete) resolve({ status: response.statusCode!, text });
        else reject(new Error('The answer broke off.'));
      });
    });
    call.on('error', reject).end(sent);
  });
}
