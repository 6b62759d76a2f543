import { EVERYTHING } from '#read-models/access-filter.js';
import { type ReadSession } from '#read-models/read-session.js';
import { Recorder } from './read-store.events.js';
import { type ReadStoreUnderTest } from './read-store.contract.js';

/** How long tests wait for a projector: longer than any sound one takes. */
export const PATIENCE = 20_000;

/** A read store with its recorder. */
export interface Used extends ReadStoreUnderTest {
  recorder: Recorder;
  /** Waits until all that was recorded is seen. */
  current(): Promise<void>;
  /** A session that sees everything, once it is all there. */
  session(): Promise<ReadSession>;
}

/** Opens a read store for all cases of a describe. */
export function using(open: () => Promise<ReadStoreUnderTest>): () => Used {
  let used: Used;
  beforeAll(async () => {
    const subject = await open();
    const recorder = await Recorder.of(subject.log);
    const current = async () => {
      expect(await subject.readModels.waitFor(recorder.head, PATIENCE)).toBe('CURRENT');
    };
    const session = async () => {
      await current();
      return subject.readModels.session(EVERYTHING);
    };
    used = Object.assign(subject, { recorder, current, session });
  });
  afterAll(() => used.destroy());
  return () => used;
}
