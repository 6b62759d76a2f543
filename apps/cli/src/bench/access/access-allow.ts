import { allow } from '#access/cases/allow.js';
import { type CaseAccess, type CaseRight, granteeName } from '#access/cases/case-access.js';
import { type Benchmark, ROUNDS } from '../benchmark.js';
import { resultOf, type Side } from '../rounds.js';
import { INVESTIGATOR } from './investigator.js';

const LEAST = 100_000;
/** Between two looks at the clock. */
const BATCH = 1_000;
const MEMBERS = 20;

/** Cases of twenty members: every other one restricted, every third with the investigator's group among the members. */
const CASES: readonly CaseAccess[] = Array.from({ length: 60 }, (_, n) => {
  const people = Array.from({ length: MEMBERS }, (_person, m) => granteeName('PERSON', `member-${n}-${m}`));
  const names = n % 3 === 0 ? [...people, granteeName('GROUP', INVESTIGATOR.groups[4])] : people;
  return {
    restricted: n % 2 === 0,
    members: new Map(names.map((name) => [name, new Set<CaseRight>(['READ', 'CONTRIBUTE'])])),
    shares: new Map(),
    walls: new Map(),
    marks: new Map(),
  };
});

/** The policy as a predicate: what each command is asked before it is decided. */
export const accessAllow: Benchmark = {
  name: 'access.allow',
  run: ({ preset }) => {
    const round = (): Side => {
      let [checked, allowed] = [0, 0];
      const began = performance.now();
      const until = began + preset.seconds * 1000;
      while (performance.now() < until) {
        for (let n = 0; n < BATCH; n++) {
          if (allow(INVESTIGATOR, n % 4 === 0 ? 'CONTRIBUTE' : 'READ', CASES[n % CASES.length])) allowed++;
        }
        checked += BATCH;
      }
      if (allowed === 0 || allowed === checked) throw new Error(`${allowed} of ${checked} were allowed.`);
      return { value: (checked * 1000) / (performance.now() - began) };
    };
    round();
    const product = Array.from({ length: ROUNDS }, round);
    const about = {
      name: 'access.allow',
      unit: 'checks/s',
      target: `>= ${LEAST.toLocaleString('en')} checks/s`,
      note: `cases of ${MEMBERS} members, half of them restricted`,
    };
    return Promise.resolve(resultOf(about, { product, ceiling: null }, ({ value }) => value >= LEAST));
  },
};
