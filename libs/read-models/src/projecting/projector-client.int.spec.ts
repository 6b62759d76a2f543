import { MessageChannel, Worker } from 'node:worker_threads';
import { START } from '#event-sourcing/log/event-log.js';
import { ProjectorClient } from './projector-client.js';

/** A thread that dies when it is told this, as one does at the limit of its memory. */
const dyingAt = (told: string): Worker =>
  new Worker(
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', (message) => {
       if (typeof message === 'object') message = 'work';
       if (message === '${told}') throw new Error('out of memory');
       parentPort.postMessage({ status: { state: 'live', sequence: 0, position: '', failure: null, clockBehind: 0 } });
     });`,
    { eval: true },
  );

describe("the projector's thread as the main thread sees it", () => {
  const warnings: string[] = [];
  const start = (spare: Worker): Promise<ProjectorClient> =>
    ProjectorClient.start(
      {
        ...{ projections: '', thread: '', store: '', logId: '', spare },
        logHandle: () => ({ file: '', wake: new MessageChannel().port1 }),
        warn: (message) => warnings.push(message),
      },
      START,
    );
  beforeEach(() => void warnings.splice(0));

  it('stands still, and says why, where it dies before it follows the log', async () => {
    const client = await start(dyingAt('work'));
    const message = 'The projector has stopped: out of memory';
    expect(client.status).toMatchObject({ state: 'failed', failure: { message } });
    expect(warnings).toEqual([`The read models stand still at sequence 0: ${message}`]);
    await client.close();
  });

  it('is closed though it dies of that', async () => {
    const client = await start(dyingAt('stop'));
    expect(client.status.state).toBe('live');
    await client.close();
    expect(warnings).toEqual([]);
  });
});
