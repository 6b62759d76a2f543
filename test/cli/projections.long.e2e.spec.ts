import { Service } from '../e2e/service.js';
import { caseledger, jsonLines } from './caseledger.js';

describe('the read stores at the command line', () => {
  let service: Service;
  let environment: Record<string, string>;

  beforeAll(async () => {
    service = await Service.start({ READ_WAIT_MS: '100' });
    environment = { CASELEDGER_URL: service.url, CASELEDGER_KEY: service.adminKey };
    await service.done('openCase', { title: 'Followed', kind: 'CASE' });
  });
  afterAll(() => service.stop());

  const projections = async (...args: string[]) => {
    const { code, output, errors } = await caseledger(['projections', ...args, '--json'], environment);
    expect([code, errors]).toEqual([0, '']);
    return jsonLines(output);
  };

  it('stand still and go on', async () => {
    // The case's number may be recorded, and followed, in between.
    let [live] = await projections();
    while (live.lagEvents !== 0) [live] = await projections();
    expect(live).toMatchObject({
      serving: true,
      state: 'LIVE',
      lagEvents: 0,
      lagSeconds: 0,
      failure: null,
      build: null,
    });
    // Where it stands is what the command answers.
    const [standing] = await projections('pause');
    await service.command('openCase', { title: 'Not seen yet', kind: 'CASE' });
    const [paused] = await projections();
    expect(paused).toMatchObject({ state: 'PAUSED', sequence: standing.sequence });
    // The case's number is an event as well.
    expect(paused.lagEvents).toBeGreaterThanOrEqual(1);
    expect(paused.lagSeconds).toBeGreaterThan(0);
    const { output } = await caseledger(['projections'], environment);
    expect(output).toMatch(
      /^read-\d+\.sqlite {2}served, version \d+, paused, sequence \d+, \d+ events, [\d.]+ s behind\n/,
    );
    await projections('resume');
    await service.done('openCase', { title: 'Seen', kind: 'CASE' });
    expect(await projections('retry')).toMatchObject([{ state: 'LIVE', lagEvents: 0, behindSince: null }]);
  });

  it('are not exchanged where there is but one', async () => {
    for (const action of ['switch', 'rollback']) {
      const { code, errors } = await caseledger(['projections', action], environment);
      expect(code).toBe(1);
      expect(errors).toMatch(/^.+\.\n$/);
    }
  });
});
