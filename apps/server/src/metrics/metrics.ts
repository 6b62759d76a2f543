import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import {
  AppendTooLarge,
  LogDiskFull,
  LogDiskLow,
  LogOverloaded,
  LogUnavailable,
  WrongExpectedRevision,
} from '#event-sourcing/log/errors.js';
import { type ReadModelsState } from '#read-models/read-models-state.js';
import { type AppendObserver } from '../served-log.js';

/** Bounds of the time an append takes, in seconds. */
const APPEND_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Why an append was not stored, as `caseledger_append_failures_total` has it. */
function reasonOf(error: unknown): string {
  if (error instanceof WrongExpectedRevision) return 'conflict';
  if (error instanceof LogDiskLow) return 'disk_low';
  if (error instanceof LogDiskFull) return 'disk_full';
  if (error instanceof LogOverloaded) return 'overloaded';
  if (error instanceof AppendTooLarge) return 'too_large';
  return error instanceof LogUnavailable ? 'unavailable' : 'other';
}

/** What is counted and timed as it happens; docs/operating.md says what each tells. */
export class Metrics implements AppendObserver {
  readonly registry = new Registry();
  private readonly appends = new Histogram({
    name: 'caseledger_append_seconds',
    help: 'Time from sending an append to the log until it was durable.',
    buckets: APPEND_SECONDS,
    registers: [this.registry],
  });
  private readonly failures = this.counter('append_failures_total', 'Appends that were not stored.', ['reason']);
  private readonly commands = this.counter('commands_total', 'Commands by what became of them.', [
    'command',
    'outcome',
  ]);
  private readonly conflicts = this.counter('conflicts_total', 'Commands answered REVISION_CONFLICT.', []);
  private readonly waits = this.counter('read_waits_total', 'Answers that waited for what was just recorded.', [
    'result',
  ]);
  private readonly lines = this.counter('log_lines_total', 'Lines written to the log of the server.', ['level']);
  /** Labelled counters by their labels: to look one up by its own way takes longer than to count. */
  private readonly labelled = new Map<string, Counter.Internal>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const result of ['CURRENT', 'BEHIND', 'FAILED']) this.waits.inc({ result }, 0);
    for (const level of ['warn', 'error', 'fatal']) this.lines.inc({ level }, 0);
  }

  appended(ms: number): void {
    this.appends.observe(ms / 1_000);
  }

  notAppended(error: unknown): void {
    this.count(this.failures, reasonOf(error));
  }

  /** @param outcome `stored`, `repeated` or the code of the error it was answered with */
  command(name: string, outcome: string): void {
    this.count(this.commands, name, outcome);
    if (outcome === 'REVISION_CONFLICT') this.conflicts.inc();
  }

  waited(state: ReadModelsState): void {
    this.count(this.waits, state);
  }

  logged(level: string): void {
    this.count(this.lines, level);
  }

  private counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name: `caseledger_${name}`, help, labelNames, registers: [this.registry] });
  }

  private count(counter: Counter, ...labels: string[]): void {
    const key = `${(counter as unknown as { name: string }).name} ${labels.join(' ')}`;
    let one = this.labelled.get(key);
    if (!one) this.labelled.set(key, (one = counter.labels(...labels)));
    one.inc();
  }
}
