import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';
import { recordFullCase } from '../e2e/full-case.js';
import { Service } from '../e2e/service.js';
import { until } from '../crash/until.js';
import { Collector } from './collector.js';
import { countWords, withWords } from './with-words.js';

const CANARY = 'Kanarienvogel-7413';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

type Line = Record<string, any> & { level: string; time: string; msg: string };

describe('a server that tells everything it can', () => {
  let collector: Collector;
  let service: Service;
  let investigator: string;
  /** Sent with the texts of all commands. */
  const sent: object[] = [];

  const lines = (): Line[] =>
    service.errors
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${investigator}`, 'content-type': 'application/json', ...headers },
      body,
    });
  const openCase = (input: object) =>
    JSON.stringify({
      query: 'mutation ($input: OpenCaseInput!) { openCase(input: $input) { sequence events { id } } }',
      variables: { input },
    });

  beforeAll(async () => {
    collector = new Collector();
    const endpoint = await collector.listen();
    const environment = { LOG_LEVEL: 'verbose', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, GRAPHQL_GET: 'true' };
    service = await Service.apart(environment);
    investigator = await service.keyFor('rosa');
    const reviewer = await service.keyFor('carl', ['REVIEWER']);
    const worded = (name: string, input: object): object => {
      const words = withWords(name, input, CANARY);
      sent.push(words);
      return words;
    };
    const withCanary = Object.assign(Object.create(service) as Service, {
      command: (name: string, input: object, key?: string) => service.command(name, worded(name, input), key),
      done: (name: string, input: object, key?: string) => service.done(name, worded(name, input), key),
      keyFor: (principal: string, roles?: string[]) => service.keyFor(principal, roles),
    });
    await recordFullCase(withCanary, investigator, reviewer, 'rosa');
  });
  afterAll(async () => {
    await service.stop();
    collector.close();
  });

  it('writes a line for each request and each command, with the ids of the request, the command and the undertaking', async () => {
    const commandId = randomUUID();
    const answer = await post(openCase({ commandId, correlationId: 'migration 12', title: 'x', kind: 'CASE' }), {
      'x-request-id': 'gateway:77',
    });
    expect(answer.headers.get('x-request-id')).toBe('gateway:77');
    const { sequence } = ((await answer.json()) as any).data.openCase;
    const [command, request] = await until('both lines are written', () => {
      const found = lines().filter(({ request }) => request === 'gateway:77');
      return found.length === 2 ? found : undefined;
    });
    expect(command).toMatchObject({
      ...{ level: 'info', msg: 'command', command: 'openCase', commandId, correlationId: 'migration 12' },
      ...{ outcome: 'stored', stream: expect.stringMatching(/^case-/), revision: 0, sequence },
    });
    expect(request).toMatchObject({ level: 'info', msg: 'request', method: 'POST', path: '/graphql', status: 200 });
    for (const { time, ms } of [command, request]) {
      expect(new Date(time).toISOString()).toBe(time);
      expect(ms).toBeGreaterThan(0);
    }

    await post(openCase({ commandId, title: 'y', kind: 'CASE' }), { 'x-request-id': 'gateway:78' });
    const refused = await until('the refusal is written', () =>
      lines().find(({ request, msg }) => request === 'gateway:78' && msg === 'command'),
    );
    expect(refused).toMatchObject({ commandId, correlationId: commandId, outcome: 'COMMAND_REUSED' });
    expect(refused).not.toHaveProperty('stream');
  });

  it('never writes a word of what it records, nor of what it refuses or cannot read', async () => {
    expect(sent.reduce((sum, input) => sum + countWords(input, CANARY), 0)).toBeGreaterThan(60);
    const refused = [
      openCase({ commandId: randomUUID(), title: CANARY.repeat(100), kind: 'CASE' }),
      openCase({ commandId: randomUUID(), title: CANARY, kind: CANARY }),
      openCase({ commandId: randomUUID(), title: { text: CANARY }, kind: 'CASE' }),
      `{"query": "${CANARY}`,
      `${CANARY}`,
      JSON.stringify({ query: `{ case(id: "${CANARY}") { ${CANARY.replace('-', '')} } }` }),
      JSON.stringify({ query: `{ cases(filter: { title: { contains: "${CANARY}" } }) { nodes { id } } }` }),
    ];
    for (const body of refused) await post(body);
    const query = encodeURIComponent(`{ case(number: "${CANARY}") { id } }`);
    const got = await fetch(`${service.url}/graphql?query=${query}`, {
      headers: { authorization: `Bearer ${service.adminKey}` },
    });
    expect(await got.json()).toMatchObject({ data: { case: null } });
    await until('the last request is written', () =>
      lines().find(({ request }) => request === got.headers.get('x-request-id')),
    );
    expect(service.written).not.toContain(CANARY);
    expect(service.errors).not.toContain(service.adminKey.split('_')[2]);
  });

  it('carries the trace of a request into the events it led to, and back out', async () => {
    const commandId = randomUUID();
    const traceparent = `00-${TRACE}-${PARENT}-01`;
    const answer = await post(openCase({ commandId, title: 'Traced', kind: 'CASE' }), { traceparent });
    const [{ id }] = ((await answer.json()) as any).data.openCase.events;
    const { data } = await service.ask('query ($id: ID!) { event(id: $id) { traceparent } }', { id });
    const [, traceId, spanId] = data.event.traceparent.split('-');
    expect(traceId).toBe(TRACE);

    const [request, command] = await until(
      'the spans have arrived',
      () => {
        const request = collector.spans.find(({ parentSpanId }) => parentSpanId === PARENT);
        const command = collector.spans.find((span) => span.spanId === spanId);
        return request && command ? [request, command] : undefined;
      },
      20_000,
    );
    expect(request).toMatchObject({ traceId: TRACE, name: 'POST /graphql' });
    expect(command).toMatchObject({ traceId: TRACE, parentSpanId: request.spanId, name: 'command openCase' });
    expect(command.attributes).toContainEqual({ key: 'caseledger.commandId', value: { stringValue: commandId } });
    expect(command.attributes).toContainEqual({ key: 'caseledger.outcome', value: { stringValue: 'stored' } });
    expect(collector.text).not.toContain(CANARY);
  });

  it('has no metric that docs/operating.md does not explain, and explains none that there is not', async () => {
    const { text } = await metrics(service);
    const served = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    const rows = readFileSync(join(packageRoot, 'docs/operating.md'), 'utf8').match(
      /^\| `(caseledger|nodejs|process)_.*/gm,
    )!;
    const explained = rows.flatMap((row) => [...row.split('|')[1].matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    const patterns = explained.map((name) => new RegExp(`^${name.replaceAll('*', '\\w+')}$`));
    expect(served.filter((name) => !patterns.some((pattern) => pattern.test(name)))).toEqual([]);
    expect(explained.filter((_, n) => !served.some((name) => patterns[n].test(name)))).toEqual([]);
    expect(served.length).toBeGreaterThan(40);
  });

  it('counts and measures, for those who have a key', async () => {
    expect((await fetch(`${service.url}/metrics`)).status).toBe(401);
    const caseId = (await service.done('openCase', { title: 'Counted', kind: 'CASE' })).case.id as string;
    const stale = { caseId, title: 'Newer', expectedRevision: 7 };
    expect((await service.command('amendCase', stale)).errors![0].extensions.code).toBe('REVISION_CONFLICT');
    const { status, text } = await metrics(service);
    expect(status).toBe(200);
    const value = (name: string) =>
      Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
    const head = await service.logHead();
    expect(value('caseledger_log_head_sequence')).toBe(head);
    // Beside the log's own first event, which is there before anything is served.
    expect(value('caseledger_append_seconds_count')).toBe(head - 1);
    expect(value('caseledger_append_seconds_sum')).toBeGreaterThan(0);
    expect(value('caseledger_commands_total{command="amendCase",outcome="REVISION_CONFLICT"}')).toBe(1);
    expect(value('caseledger_commands_total{command="amendCase",outcome="stored"}')).toBe(1);
    expect(value('caseledger_conflicts_total')).toBe(1);
    expect(value('caseledger_read_waits_total{result="CURRENT"}')).toBeGreaterThanOrEqual(10);
    expect(value('caseledger_read_waits_total{result="BEHIND"}')).toBe(0);
    expect(value('caseledger_projection_state{state="live"}')).toBe(1);
    expect(value('caseledger_projection_lag_events')).toBe(0);
    expect(value('caseledger_projection_lag_seconds')).toBe(0);
    expect(value('caseledger_log_head_age_seconds')).toBeLessThan(60);
    expect(value('caseledger_append_queue_appends')).toBe(0);
    expect(value('caseledger_disk_free_bytes')).toBeGreaterThan(value('caseledger_disk_floor_bytes'));
    expect(value('caseledger_disk_floor_bytes')).toBe(256 * 1_048_576);
    expect(value('caseledger_ready')).toBe(1);
    expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(value('caseledger_log_lines_total{level="error"}')).toBe(0);
  });
});

async function metrics(service: Service): Promise<{ status: number; text: string }> {
  const response = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${service.adminKey}` } });
  return { status: response.status, text: await response.text() };
}

const ready = async (service: Service) => {
  const response = await fetch(`${service.url}/health/ready`);
  return [response.status, await response.text()];
};

describe('a server whose disk has less space than its floor', () => {
  it('refuses what would be stored and says why, goes on reading, and is not ready', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'caseledger-e2e-'));
    let service = await Service.on(folder);
    try {
      const { id } = (await service.done('openCase', { title: 'There', kind: 'CASE' })).case;
      const command = { commandId: 'kept', caseId: id, text: { text: 'Stored.' } };
      const first = await service.command('addNote', command);
      await service.halt();

      // No disk has a tebibyte less than that.
      service = await Service.on(folder, { DISK_FLOOR_MB: '1048576' });
      expect(await ready(service)).toEqual([503, 'disk']);
      const refused = await service.command('addNote', { caseId: id, text: { text: 'x' } });
      expect(refused.errors![0]).toMatchObject({
        message: expect.stringMatching(/disk .* nearly full, and nothing was stored: have some space freed/),
        extensions: { code: 'UNAVAILABLE' },
      });
      expect((await service.ask(`{ case(id: "${id}") { title } }`)).data.case).toEqual({ title: 'There' });
      // What was stored before is answered again.
      expect((await service.command('addNote', command)).data.addNote.events).toEqual(first.data.addNote.events);
      expect((await metrics(service)).text).toContain('caseledger_append_failures_total{reason="disk_low"} 1\n');
    } finally {
      await service.stop();
    }
  });

  it('does not start on a new folder, and says what is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'caseledger-e2e-'));
    try {
      await expect(Service.on(folder, { DISK_FLOOR_MB: '1048576' })).rejects.toThrow(
        /^The disk of the event log has \d+ MiB left, less than the 1048576 MiB of DISK_FLOOR_MB: .*space is freed\.$/,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
