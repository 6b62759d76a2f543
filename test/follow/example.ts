import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';
import { until } from '../crash/until.js';

export const EXAMPLES = ['follow-websocket', 'follow-sse', 'follow-polling'] as const;

/** An example out of docs/, in a process of its own. */
export class Example {
  private child: ChildProcess | undefined;
  private errors = '';

  constructor(
    readonly name: string,
    readonly file: string,
    private readonly environment: Record<string, string>,
  ) {}

  start(): void {
    const program = join(packageRoot, `docs/examples/${this.name}.mjs`);
    const env = { ...process.env, ...this.environment };
    this.child = spawn(process.execPath, [program, this.file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
  }

  async kill(): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  /** The ids in its file; half a line at the end is not counted. */
  get ids(): string[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => (JSON.parse(line) as { event: { id: string } }).event.id);
  }

  get cursors(): string[] {
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => (JSON.parse(line) as { cursor: string }).cursor);
  }

  /** Waits until it has as many as it should. */
  async has(ids: string[]): Promise<void> {
    await until(`${this.name} has ${ids.length} events; it wrote ${this.errors}`, () =>
      this.ids.length >= ids.length ? true : undefined,
    );
    expect({ name: this.name, ids: this.ids }).toEqual({ name: this.name, ids });
  }

  get ended(): Promise<unknown[]> {
    return once(this.child!, 'exit');
  }
}
