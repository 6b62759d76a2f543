import { type BatchSink, type PackedBatch } from '#read-models/build/batches.js';

/** Writes each batch only when so many more have come, as another thread may. */
export class LateSink implements BatchSink {
  committed = 0;
  private readonly waiting: PackedBatch[] = [];

  constructor(
    private readonly write: (batch: PackedBatch) => Promise<void> | void,
    private readonly late: number,
  ) {}

  send(batch: PackedBatch): Promise<void> {
    this.waiting.push(batch);
    return this.flush(this.late);
  }

  async flush(left = 0): Promise<void> {
    while (this.waiting.length > left) {
      await this.write(this.waiting.shift()!);
      this.committed++;
    }
  }
}
