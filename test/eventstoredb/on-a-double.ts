import { type EventStoreLog, openEventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { all, idsOf } from '../contracts/event-log.events.js';
import { aDouble } from './a-server.js';
import { type EventStoreDouble } from './double.js';
import { WELL_BEHAVED } from './faults.js';
import { QUICK } from './quick.js';

/** A log on a double that all tests of a file share. */
class LogUnderTest {
  server!: Awaited<ReturnType<typeof aDouble>>;
  double!: EventStoreDouble;
  log!: EventStoreLog;

  readonly open = (options: object = {}): Promise<EventStoreLog> =>
    openEventStoreLog({ ...QUICK, url: this.server.url, prefix: this.server.prefix, ...options });
  readonly idsIn = async (stream: string): Promise<string[]> => idsOf(await all(this.log.readStream(stream)));
}

/** What servers were seen to do, each as the double does it: ../../docs/decisions/eventstoredb.md. */
export function onADouble(tests: (here: LogUnderTest) => void): void {
  describe('a log on a server', () => {
    const here = new LogUnderTest();
    beforeAll(async () => {
      here.server = await aDouble();
      const { double } = here.server;
      here.double = double;
      // Before there is a log: more of others' than a filtered subscription looks through at once.
      for (let n = 0; n < 300; n++) double.inject(`foreign-${n}`, 'SomethingElse');
      here.log = await here.open();
    });
    afterEach(() => Object.assign(here.double.faults, WELL_BEHAVED));
    afterAll(async () => {
      await here.log.close();
      await here.server.end();
    });
    tests(here);
  });
}
