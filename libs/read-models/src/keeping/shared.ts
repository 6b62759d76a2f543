/** Something that is done once at a time: whoever asks for it meanwhile waits for the same. */
export class Shared {
  private running: Promise<void> | undefined;
  private tellEnding!: () => void;
  /** Resolves when it is to end: what takes long need not be waited for any more. */
  readonly ending = new Promise<void>((resolve) => (this.tellEnding = resolve));

  /** Begins it unless it is on its way. */
  run(begin: () => Promise<void>): Promise<void> {
    if (this.running) return this.running;
    const ended = (): void => {
      if (this.running === running) this.running = undefined;
    };
    const running = begin().finally(ended);
    this.running = running;
    return running;
  }

  /** Ends it; resolves when it is not on its way any more, whatever it came to. */
  async end(): Promise<void> {
    this.tellEnding();
    await this.running?.catch(() => undefined);
  }

  /** Whoever asks from now on has it begun anew. */
  forget(): void {
    this.running = undefined;
  }
}
