import { LogUnavailable } from '../errors.js';
import { type NewEvent } from '../event-log.js';
import { type AppendAnswer } from './append-answer.js';
import { type AppendCalls } from './append-calls.js';
import { Appender } from './appender.js';
import { Arrivals } from './arrivals.js';
import { KnownHashes } from './known-hashes.js';
import { StreamNames } from './streams.js';

describe('appends that wait behind one of the same stream', () => {
  const away: AppendAnswer = { kind: 'not now', reason: 'it is away' };
  const event = (n: number): NewEvent => ({
    ...{ id: `00000000-0000-4000-8000-00000000000${n}`, type: 'NoteAdded', schemaVersion: 1 },
    ...{ payload: '{}', metadata: '{}', hash: 'a'.repeat(64), commandId: null, commandHash: null },
  });
  /** The ids that were sent, however often. */
  let sent: Set<string>;
  let answer: () => Promise<AppendAnswer>;
  let isSilent: boolean;
  let appender: Appender;
  const begin = (giveUpAfterMs: number): void => {
    const calls: Pick<AppendCalls, 'send'> = {
      send: (request) => {
        sent.add(request.build().request.getProposedMessagesList()[0].getId()!.getString());
        return answer();
      },
    };
    const waits = { appendTimeoutMs: 50, giveUpAfterMs, retryAfterMs: 5, maxWaiting: 100, maxWaitingBytes: 10_000 };
    const tail = { arrivals: new Arrivals(), isFollowing: false };
    const hashes = new KnownHashes((_stream, revision) =>
      isSilent ? new Promise(() => undefined) : Promise.resolve({ revision, hash: 'a'.repeat(64) }),
    );
    appender = new Appender(new StreamNames(''), calls as AppendCalls, hashes, tail, waits);
  };
  beforeEach(() => {
    sent = new Set();
    isSilent = false;
    begin(50);
  });

  const chained = (n: number) => appender.append('case-1', [{ ...event(n), previousHash: 'a'.repeat(64) }], n - 1);
  const append = (n: number) => appender.append('case-1', [event(n)], n === 0 ? 'none' : n - 1);
  /** That nothing of it was stored. */
  const refused = {
    outcomeUnknown: false,
    message: expect.stringContaining('nothing of this append was stored') as string,
  };

  it('are given up with it, as they have waited for the same server: none is sent when its time is over', async () => {
    answer = () => Promise.resolve(away);
    const waiting = [0, 1, 2, 3].map(append);
    for (const one of waiting) await expect(one).rejects.toMatchObject(refused);
    expect([...sent]).toEqual([event(0).id]);
    answer = () => Promise.resolve({ kind: 'stored', lastRevision: 0, position: null });
    expect(await append(0)).toMatchObject({ lastRevision: 0 });
  });

  it('are sent after all where that one was answered', async () => {
    answer = () => Promise.resolve({ kind: 'conflict', actual: 7 });
    const waiting = [0, 1, 2].map(append);
    for (const one of waiting) await expect(one).rejects.not.toBeInstanceOf(LogUnavailable);
    expect(sent.size).toBe(3);
  });

  it('do not wait longer for what stands before them than for the append itself', async () => {
    isSilent = true;
    answer = () => Promise.resolve(away);
    const waiting = [append(0), chained(1), chained(2)];
    for (const one of waiting) await expect(one).rejects.toMatchObject(refused);
    expect([...sent]).toEqual([event(0).id]);
  });

  it('wait for what stands before them no longer once all is to end', async () => {
    isSilent = true;
    begin(60_000);
    const waiting = expect(chained(1)).rejects.toMatchObject(refused);
    await appender.close();
    await waiting;
  });

  it('are not begun any more at the end, where that one was given up', async () => {
    let give!: (answer: AppendAnswer) => void;
    answer = () => new Promise((resolve) => (give = resolve));
    const waiting = [0, 1, 2].map(append);
    const refusals = waiting.map((one) => expect(one).rejects.toMatchObject(refused));
    const closed = appender.close();
    give(away);
    await Promise.all([...refusals, closed]);
    expect([...sent]).toEqual([event(0).id]);
  });
});
