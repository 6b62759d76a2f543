/** Keeps the entries used last, as long as their weights together stay within `capacity`. Clients choose the keys, so it must be bounded. */
export class BoundedCache<V> {
  private readonly entries = new Map<string, { value: V; weight: number }>();
  private total = 0;

  /** @param largest what one entry may weigh: it pushes out as much of the others */
  constructor(
    private readonly capacity: number,
    private readonly largest: number,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get weight(): number {
    return this.total;
  }

  get(key: string): V | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  /** Stores nothing that is larger than one entry may be. */
  set(key: string, value: V, weight: number): void {
    this.remove(key);
    if (weight > this.largest) return;
    this.entries.set(key, { value, weight });
    this.total += weight;
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.capacity) break;
      this.remove(oldest);
    }
  }

  private remove(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.total -= entry.weight;
  }
}
