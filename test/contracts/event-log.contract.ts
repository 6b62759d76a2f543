import { type EventLog } from '#event-sourcing/log/event-log.js';
import { appendContract } from './event-log.append.js';
import { followContract } from './event-log.follow.js';
import { identityContract } from './event-log.identity.js';
import { readALotContract, readContract } from './event-log.read.js';

/** A log under test. The suite shares one log among its cases; other events may stand in it already. */
export interface LogUnderTest {
  log: EventLog;
  /** Closes `log` and opens the same log again. */
  reopen(): Promise<EventLog>;
  /** Followers that hold something, as the engine itself counts them. */
  openFollowers(): number;
  /** Closes what is open and takes away what the test stored. */
  destroy(): Promise<void>;
}

/** What every engine of the event log promises. An engine's own spec calls this with a way to open one. */
export function eventLogContract(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`${name} as an event log`, () => {
    let subject: LogUnderTest;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject.destroy());

    appendContract(() => subject.log);
    readContract(() => subject.log);
    followContract(() => subject);
    identityContract(() => subject);
    readALotContract(() => subject.log);
  });
}
