/** A set of numbers other than 0 that takes 16 bytes for each: a `Set` of a million takes several times as much. */
export class SeenKeys {
  private table = new Float64Array(65_536);
  private size = 0;

  /** Adds it; true if it was there. */
  add(key: number): boolean {
    if (this.size * 2 >= this.table.length) this.grow();
    const at = this.placeOf(key);
    if (this.table[at] === key) return true;
    this.table[at] = key;
    this.size++;
    return false;
  }

  private placeOf(key: number): number {
    const { table } = this;
    const mask = table.length - 1;
    // The low 32 bits, mixed: ids of one origin may be alike in some of them.
    let at = Math.imul((key ^ (key / 4_294_967_296)) >>> 0, 0x9e3779b1) >>> 0;
    at = (at ^ (at >>> 15)) & mask;
    while (table[at] !== 0 && table[at] !== key) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const old = this.table;
    this.table = new Float64Array(old.length * 2);
    for (const key of old) if (key !== 0) this.table[this.placeOf(key)] = key;
  }
}
