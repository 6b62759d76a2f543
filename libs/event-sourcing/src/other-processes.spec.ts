import { Boxes, type BoxInLog, boxInLog } from '../../../test/builders/boxes.js';
import { chainOf } from '../../../test/builders/chain.js';
import { refusalOf } from '../../../test/builders/refusal.js';
import { WrongExpectedRevision } from './log/errors.js';
import { type StoredEvent } from './log/event-log.js';

let { log, logId, boxes, boxId, stream } = {} as BoxInLog;
beforeEach(async () => {
  ({ log, logId, boxes, boxId, stream } = await boxInLog());
});

describe('a command sent again to another process, which has the stream as it was before', () => {
  const clock = () => new Date('2030-01-01T00:00:00.000Z');
  let others: Boxes;
  beforeEach(async () => {
    others = new Boxes(log, logId, { clock });
    await others.put({ boxId, thingId: 'known' });
    await boxes.put({ boxId, thingId: 'also known' });
    await others.put({ boxId, thingId: 'and this' });
  });

  it('is answered with its first result, and the chain goes on behind that', async () => {
    const command = { commandId: 'same', boxId, thingId: 'x' };
    const first = await boxes.put(command);
    expect(await others.put(command)).toMatchObject({ events: first.events, repeated: true });
    expect(await others.put({ boxId })).toMatchObject({ revision: 5, repeated: false });
    expect(await chainOf(log, stream)).toHaveLength(6);
  });

  it('is refused where it says something else', async () => {
    await boxes.put({ commandId: 'same', boxId, thingId: 'x' });
    const refused = others.put({ commandId: 'same', boxId, thingId: 'y' });
    expect((await refusalOf(refused)).code).toBe('COMMAND_REUSED');
    expect(await chainOf(log, stream)).toHaveLength(5);
  });
});

describe('a stream that is being loaded while another process writes to it', () => {
  /** Whoever reads it next is handed on `release` what stood there at `read`. */
  function delayed(): { read: Promise<void>; release: () => void } {
    let [tell, release]: (() => void)[] = [];
    const read = new Promise<void>((resolve) => (tell = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const readStream = log.readStream.bind(log);
    jest.spyOn(log, 'readStream').mockImplementationOnce(async function* (...args) {
      const pages: StoredEvent[][] = [];
      for await (const page of readStream(...args)) pages.push(page);
      tell();
      await released;
      yield* pages;
    });
    return { read, release };
  }

  it('does not refuse what was sent after that on what was read before it', async () => {
    const others = new Boxes(log, logId);
    const { read, release } = delayed();
    const early = refusalOf(others.take({ boxId, thingId: 'x' }));
    await read;
    await boxes.put({ boxId, thingId: 'x' });
    const late = others.take({ boxId, thingId: 'x' });
    release();
    expect((await early).code).toBe('NOT_THERE');
    expect(await late).toMatchObject({ revision: 2 });
  });

  it('is not told to queries as it was before', async () => {
    const others = new Boxes(log, logId);
    const { read, release } = delayed();
    const early = others.things(boxId);
    await read;
    await boxes.put({ boxId, thingId: 'x' });
    const late = others.things(boxId);
    release();
    expect(await Promise.all([early, late])).toEqual([[], ['x']]);
  });
});

describe('a stream that others never stop writing to', () => {
  it('refuses in the end, and says at which revision it is', async () => {
    for (let n = 0; n < 20; n++) log.failNext('box-', new WrongExpectedRevision(stream, 0, 40 + n));
    const refusal = await refusalOf(boxes.put({ boxId }));
    expect(refusal).toMatchObject({ code: 'REVISION_CONFLICT', details: { current: 59 } });
    expect(await boxes.put({ boxId })).toMatchObject({ revision: 1 });
  });
});
