/** A map as it would be without some of its keys, looked up and walked through in that one: a large one is copied for nobody. */
export class MapWithout<V> extends Map<string, V> {
  constructor(
    protected readonly whole: ReadonlyMap<string, V>,
    private readonly hidden: ReadonlySet<string>,
  ) {
    super();
  }

  override get size(): number {
    return [...this.hidden].reduce((size, key) => (this.whole.has(key) ? size - 1 : size), this.whole.size);
  }

  override get(key: string): V | undefined {
    return this.hidden.has(key) ? undefined : this.whole.get(key);
  }

  override has(key: string): boolean {
    return !this.hidden.has(key) && this.whole.has(key);
  }

  override *entries(): Generator<[string, V], undefined> {
    for (const [key, value] of this.whole) if (!this.hidden.has(key)) yield [key, value];
  }

  override *keys(): Generator<string, undefined> {
    for (const [key] of this.entries()) yield key;
  }

  override *values(): Generator<V, undefined> {
    for (const [, value] of this.entries()) yield value;
  }

  override [Symbol.iterator](): Generator<[string, V], undefined> {
    return this.entries();
  }

  override forEach(callback: (value: V, key: string, map: Map<string, V>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }
}

/** All records but some, whose ids stay taken. */
export class RecordsWithout<R> extends MapWithout<R> {
  override has(id: string): boolean {
    return this.whole.has(id);
  }
}
