/** A record with the chain of parties that it comes from: who asserts it, and who relays it. */
export interface Sourced {
  record: string;
  chain: readonly string[];
}

/** Records that go back to one origin: the parties of their chains. */
export interface SharedOrigin {
  parties: string[];
  records: string[];
}

/**
 * How many origins a piece of information has that are independent of each other: chains that share any party, be it the one
 * who asserts or one who relays, are one origin, also by way of others. A record without a chain has none.
 */
export function independentOrigins(sourced: readonly Sourced[]): SharedOrigin[] {
  let origins: { parties: Set<string>; records: Set<string> }[] = [];
  for (const { record, chain } of sourced) {
    if (chain.length === 0) continue;
    const shared = origins.filter(({ parties }) => chain.some((party) => parties.has(party)));
    const joined = {
      parties: new Set([...shared.flatMap(({ parties }) => [...parties]), ...chain]),
      records: new Set([...shared.flatMap(({ records }) => [...records]), record]),
    };
    origins = [...origins.filter((one) => !shared.includes(one)), joined];
  }
  return origins.map(({ parties, records }) => ({ parties: [...parties], records: [...records] }));
}
