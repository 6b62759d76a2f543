/** How full the table may be before it grows. */
const LOAD = 0.6;
const FIRST_SLOTS = 4_096;

/**
 * A compact map from names to two numbers, the first of them not 0: 20 bytes for each slot, however long the names. It keeps
 * only a hash of each name, so whoever looks one up says of each candidate whether it is the one.
 */
export class PlaceTable {
  size = 0;
  private hashes = new Uint32Array(FIRST_SLOTS);
  private values: [Float64Array, Float64Array] = [new Float64Array(FIRST_SLOTS), new Float64Array(FIRST_SLOTS)];

  /** The slot of this hash that `isIt` accepts by its values; -1 if there is none. Slots change when an entry is added. */
  find(hash: number, isIt: (slot: number) => boolean): number {
    const { hashes } = this;
    const [first] = this.values;
    const mask = hashes.length - 1;
    for (let slot = hash & mask; first[slot] !== 0; slot = (slot + 1) & mask) {
      if (hashes[slot] === hash && isIt(slot)) return slot;
    }
    return -1;
  }

  get(slot: number, column: 0 | 1 = 0): number {
    return this.values[column][slot];
  }

  set(slot: number, value: number, column: 0 | 1 = 0): void {
    this.values[column][slot] = value;
  }

  add(hash: number, first: number, second: number): void {
    if (this.size >= this.hashes.length * LOAD) this.grow();
    this.put(hash, first, second);
    this.size++;
  }

  private put(hash: number, first: number, second: number): void {
    const mask = this.hashes.length - 1;
    let slot = hash & mask;
    while (this.values[0][slot] !== 0) slot = (slot + 1) & mask;
    this.hashes[slot] = hash;
    this.values[0][slot] = first;
    this.values[1][slot] = second;
  }

  private grow(): void {
    const { hashes } = this;
    const [first, second] = this.values;
    const slots = hashes.length * 2;
    this.hashes = new Uint32Array(slots);
    this.values = [new Float64Array(slots), new Float64Array(slots)];
    for (let old = 0; old < hashes.length; old++) if (first[old] !== 0) this.put(hashes[old], first[old], second[old]);
  }
}

/** 32 bits of a name; `seed` is a whole number up to 2^53-1. */
export function hashOf(name: string, seed: number): number {
  let hash = (seed % 0x1_0000_0000) ^ Math.imul(Math.floor(seed / 0x1_0000_0000), 0x9e3779b1) ^ 0x811c9dc5;
  for (let n = 0; n < name.length; n++) hash = Math.imul(hash ^ name.charCodeAt(n), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
