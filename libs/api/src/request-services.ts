import { type AccessPolicy } from '#access/access-policy.js';
import { type CaseAccess } from '#access/cases/case-access.js';
import { type GroupDirectory } from '#access/groups/group-directory.js';
import { type KeyRing } from '#access/keys/key-ring.js';
import { type AccessRecorder } from '#access/reads/access-recorder.js';
import { type KeyedHash } from '#event-sourcing/slice.js';
import { type Feed } from '#read-models/following/feed.js';
import { type ReadModels } from '#read-models/read-models.js';
import { type Cursors } from './cursors.js';
import { type RequestObserver } from './request-observer.js';

/** Of a case, who may know of it now. */
export interface KnownCase {
  access: CaseAccess;
  /** These records and those that belong to them, as links do to what they link. */
  withTheirs: (records: ReadonlySet<string>) => ReadonlySet<string>;
}

/** What the resolvers of every operation use. */
export interface Services {
  readModels: ReadModels;
  policy: AccessPolicy;
  keys: KeyRing;
  groups: GroupDirectory;
  cursors: Cursors;
  feed: Feed;
  /** Name and version, for `extensions.asOf.software`. */
  software: string;
  /** How long an answer waits for what was just recorded, in milliseconds. */
  readWaitMs: number;
  /** Records who read what. */
  reads: AccessRecorder;
  /** Hashes by the secret of this installation. */
  keyedHash: KeyedHash;
  /** Who may know of a case now; null if there is none. */
  knownCase: (caseId: string) => Promise<KnownCase | null>;
  /** Hears of what requests lead to. */
  observer?: RequestObserver;
}
