import { Registry } from 'prom-client';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { addGauges, type Gauged } from './gauges.js';

describe('the gauges', () => {
  const metricsWhile = (isAway: () => boolean) => {
    const registry = new Registry();
    const head = () =>
      isAway()
        ? Promise.reject(new LogUnavailable('The log is away.'))
        : Promise.resolve({ sequence: 7, position: '7' });
    const log = { head, isWritable: true, waiting: { appends: 0, bytes: 0 }, readAll: async function* () {} };
    const status = { state: 'live', sequence: 7, position: '7', behindSince: null, failure: null, clockBehind: 0 };
    const disk = { isLow: false, free: 10, floor: 1 };
    const gauged = { log, disk, readModels: { status: () => status, isActive: true }, longestLag: 60 };
    addGauges(registry, {
      ...gauged,
      ...{ subscribers: () => ({ sse: 2 }), software: 's', logId: 'l' },
    } as unknown as Gauged);
    return () => registry.metrics();
  };

  it('leave out what is asked of a log that is away, and tell the rest, the alarm first of all', async () => {
    let isAway = false;
    const metrics = metricsWhile(() => isAway);
    expect(await metrics()).toMatch(/^caseledger_log_head_sequence 7$/m);
    isAway = true;
    const told = await metrics();
    expect(told).not.toMatch(/^caseledger_(log_head_sequence|projection_lag_events) /m);
    for (const line of ['ready 0', 'projection_sequence 7', 'disk_free_bytes 10', 'subscribers{transport="sse"} 2'])
      expect(told).toContain(`\ncaseledger_${line}\n`);
  });
});
