import { accessAllow } from './access/access-allow.js';
import { accessCase } from './access/access-case.js';
import { accessList } from './access/access-list.js';
import { append1 } from './append-1.js';
import { append64 } from './append-64.js';
import { asofCase } from './asof-case.js';
import { asofList } from './asof-list.js';
import { asofNested } from './asof-nested.js';
import { type Benchmark } from './benchmark.js';
import { case10kCold } from './case-10k-cold.js';
import { case10kWarm } from './case-10k-warm.js';
import { delayP99 } from './delay-p99.js';
import { followCatchup } from './follow/follow-catchup.js';
import { followIdle } from './follow/follow-idle.js';
import { followLive } from './follow/follow-live.js';
import { importing } from './import.js';
import { list20 } from './list-20.js';
import { memory } from './memory.js';
import { mutationCase } from './mutation-case.js';
import { mutationHot } from './mutation-hot.js';
import { mutationPlain } from './mutation-plain.js';
import { live } from './live.js';
import { readsRecorded } from './reads-recorded.js';
import { rebuild } from './rebuild.js';
import { start } from './start.js';
import { verify } from './verify.js';
import { enginesMutation } from './engines/engines-mutation.js';
import { esdbAppend } from './engines/esdb-append.js';
import { esdbCatchup } from './engines/esdb-catchup.js';
import { postgresList } from './engines/postgres-list.js';
import { postgresLive } from './engines/postgres-live.js';
import { postgresRebuild } from './engines/postgres-rebuild.js';

/** All benchmarks, in the order they are run: what is measured in this process comes before it has grown. */
export const benchmarks: readonly Benchmark[] = [
  append1,
  append64,
  case10kCold,
  case10kWarm,
  mutationPlain,
  mutationCase,
  mutationHot,
  delayP99,
  rebuild,
  live,
  verify,
  start,
  importing,
  list20,
  readsRecorded,
  asofCase,
  asofNested,
  asofList,
  accessCase,
  accessList,
  accessAllow,
  followCatchup,
  followLive,
  followIdle,
  memory,
];

/** Those of EventStoreDB and PostgreSQL: by `--engines`, or by name. */
export const engineBenchmarks: readonly Benchmark[] = [
  esdbAppend,
  esdbCatchup,
  postgresRebuild,
  postgresLive,
  postgresList,
  enginesMutation,
];
