/** While it is closed nothing gets past: a frozen server. */
export class Gate {
  private closed: Promise<void> | undefined;
  private release: (() => void) | undefined;

  close(): void {
    this.closed ??= new Promise((resolve) => (this.release = resolve));
  }

  open(): void {
    this.release?.();
    this.closed = undefined;
  }

  /** Does this now, or when the gate is opened; in the order asked. */
  pass(action: () => void): void {
    if (this.closed) void this.closed.then(action);
    else action();
  }

  get passed(): Promise<void> | undefined {
    return this.closed;
  }
}
