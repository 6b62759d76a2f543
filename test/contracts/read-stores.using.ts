import { randomUUID } from 'node:crypto';
import { type EventLog } from '#event-sourcing/log/event-log.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { type ReadModels } from '#read-models/read-models.js';
import { type ProjectionGroup } from '#read-models/read-model.js';
import { cases, projections as one, registry } from './fixtures/read-store-projections.mjs';
import { projections as two } from './fixtures/read-store-projections-2.mjs';
import { projections as three } from './fixtures/read-store-projections-3.mjs';
import { happening, noteAdded, opened, Recorder } from './read-store.events.js';
import { type StoresUnderTest } from './read-stores.contract.js';
import { until } from './until.js';

const GROUPS: Record<number, ProjectionGroup> = { 1: one, 2: two, 3: three };

/** Where software of one version puts those of the fixtures. */
const moduleOf = (version: number): URL =>
  new URL(`./fixtures/bundled/read-store-projections${version === 1 ? '' : `-${version}`}.mjs`, import.meta.url);

/** A place of each test's own, in which a case was opened, and the software that runs on it. */
export class UsedStores {
  subject!: StoresUnderTest;
  recorder!: Recorder;
  caseId!: string;
  running: ReadModels | undefined;
  readonly warnings: string[] = [];

  /** Stops what runs and starts software of this version. By default it rebuilds whatever lags at all. */
  readonly start = async (
    version: number,
    rebuildBeyond = 0,
    log: EventLog = this.subject.log,
  ): Promise<ReadModels> => {
    await this.running?.close();
    this.running = undefined;
    this.running = await this.subject.open({
      ...{ log, group: GROUPS[version], registry, projections: moduleOf(version) },
      ...{ rebuildBeyond, readWaitMs: 50 },
      warn: (message) => this.warnings.push(message),
    });
    return this.running;
  };
  readonly current = async (readModels: ReadModels): Promise<void> => {
    const state = await readModels.waitFor(this.recorder.head, 30_000);
    const said = async () => JSON.stringify([this.warnings, await readModels.projections()]);
    if (state !== 'CURRENT') throw new Error(`It is ${state}: ${await said()}`);
    await until(() => readModels.status().state === 'live');
  };
  /** The title of the case, whether it says that it was checked, and where that was read. */
  readonly seen = async (readModels: ReadModels) => {
    const session = readModels.session(EVERYTHING);
    const at = await session.at();
    const { row } = (await session.subject(cases, { id: this.caseId }, at))!;
    return [row.title, row.checked ?? false, at.sequence];
  };
  readonly theirs = {
    subjects: { anybody: true, holders: [], fromGrant: false },
    walls: null,
    marks: null,
    told: null,
    hiddenStreamPrefixes: [],
  };
  /** Whether the case is shown to whom it is open as to anybody. */
  readonly show = async (readModels: ReadModels): Promise<boolean> => {
    const session = readModels.session(this.theirs);
    return (await session.subject(cases, { id: this.caseId }, await session.at())) !== null;
  };
  readonly serving = async (readModels: ReadModels) =>
    (await readModels.projections()).find((one) => one.serving)?.store;
  readonly rename = (title: string) => this.recorder.record(happening(this.caseId, 'CaseRenamed', { title }));
  readonly stores = () => this.subject.stores();
  readonly named = (version: number, generation?: number) => this.subject.name(version, generation);
  readonly asRebuilt = async (store: string, version: number): Promise<void> =>
    expect(await this.subject.differs(store, moduleOf(version))).toBeNull();
}

/** Takes a place for each test of a describe. */
export function usingStores(place: () => Promise<StoresUnderTest>): UsedStores {
  const used = new UsedStores();
  beforeEach(async () => {
    used.subject = await place();
    used.recorder = await Recorder.of(used.subject.log);
    used.caseId = randomUUID();
    used.warnings.length = 0;
    await used.recorder.record(opened(used.caseId, 'first'), noteAdded(used.caseId, randomUUID()));
  });
  afterEach(async () => {
    await used.running?.close();
    used.running = undefined;
    await used.subject.destroy();
  });
  return used;
}
