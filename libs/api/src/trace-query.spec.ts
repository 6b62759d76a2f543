import { Refusal } from '#event-sourcing/refusal.js';
import { Cursors } from './cursors.js';
import { type RequestContext } from './request-context.js';
import { TraceQuery } from './trace-query.js';

describe('trace', () => {
  it('waits for read models that are behind its cursor, as after one went back to an earlier store', async () => {
    const cursors = new Cursors('0b6c5b9e-1111-4222-8333-444455556666', 'secret').of('ann');
    const behind = new Refusal('UNAVAILABLE', 'not yet');
    const context = {
      cursors,
      at: () => Promise.resolve({ sequence: 800, recordedAt: '2025-01-01T00:00:00.000Z' }),
      session: { head: () => Promise.resolve(1_000), wasRecorded: () => Promise.reject(behind) },
    } as unknown as RequestContext;
    const trace = (sequence: number) => {
      const after = cursors.encode({ kind: 'trace', sequence, position: sequence, recordedAt: 1 }, 'one');
      return new TraceQuery().trace({ correlationId: 'one', after, first: 20 }, context);
    };
    await expect(trace(900)).rejects.toBe(behind);
    await expect(trace(1_001)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});
