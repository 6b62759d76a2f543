/**
 * How many calls may be open at once: a connection carries 100 at most, and whatever comes beyond them hangs without an
 * error. Who finds none free waits for one.
 */
export class OpenCalls {
  private open = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  async take(): Promise<void> {
    if (this.open < this.most) {
      this.open++;
      return;
    }
    // Handed over by `give` without being counted down in between.
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  give(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.open--;
  }
}
