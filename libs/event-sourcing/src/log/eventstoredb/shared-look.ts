/** Something that is looked up by many at once: each is told of a look that began after it asked. */
export class SharedLook<T> {
  private running?: Promise<T>;
  private next?: Promise<T>;

  constructor(private readonly look: () => Promise<T>) {}

  ask(): Promise<T> {
    if (!this.next) {
      const before = this.running?.catch(() => undefined) ?? Promise.resolve();
      const look = before.then(() => {
        this.running = look;
        this.next = undefined;
        return this.look();
      });
      this.next = look;
    }
    return this.next;
  }
}
