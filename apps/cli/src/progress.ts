/** Where progress is written, by default standard error: standard output is for results. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressOptions {
  /** What is counted. Default: events. */
  unit?: string;
  output?: ProgressOutput;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
}

/** How often a terminal's bar is drawn, and how often another output gets a line, in milliseconds. */
const REDRAW = 100;
const LINE = 5_000;
const BAR = 24;

/**
 * Shows how far a long run is, how fast and how long it will still take: a bar on a terminal, elsewhere a line every five
 * seconds. Call `at` as often as you like and `end` when it is over, also after an error.
 */
export class Progress {
  private readonly start: number;
  private readonly now: () => number;
  private readonly output: ProgressOutput;
  private readonly unit: string;
  private shown: number;
  private done = 0;
  private drawn = false;

  /** @param total how many there are in all */
  constructor(
    private readonly label: string,
    private readonly total: number,
    { unit = 'events', output = process.stderr, now = () => performance.now() }: ProgressOptions = {},
  ) {
    this.unit = unit;
    this.output = output;
    this.now = now;
    this.start = this.shown = now();
  }

  /** So many are done. */
  at(done: number): void {
    this.done = done;
    const now = this.now();
    const { isTTY } = this.output;
    if (now - this.shown < (isTTY ? REDRAW : LINE)) return;
    this.shown = now;
    this.output.write(isTTY ? `\r${this.bar()}\u001b[K` : `${this.figures()}\n`);
    this.drawn = true;
  }

  /** Takes the bar away. */
  end(): void {
    if (this.drawn && this.output.isTTY) this.output.write('\r\u001b[K');
    this.drawn = false;
  }

  private bar(): string {
    const figures = this.figures();
    const room = (this.output.columns ?? 100) - 1;
    // Figures tell more than a bar does, so that gives way.
    const length = Math.max(0, Math.min(BAR, room - figures.length - 1));
    const full = Math.round(this.share * length);
    return `${'█'.repeat(full)}${'░'.repeat(length - full)} ${figures}`.trimStart().slice(0, room);
  }

  private figures(): string {
    const { done, total, label, unit } = this;
    const rate = (done * 1000) / Math.max(this.now() - this.start, 1);
    const left = rate > 0 ? `, ${duration((total - done) / rate)} left` : '';
    const percent = Math.floor(this.share * 100);
    return `${label}: ${percent} % of ${count(total)} ${unit}, ${count(Math.round(rate))} ${unit}/s${left}`;
  }

  private get share(): number {
    return this.total <= 0 ? 1 : Math.min(1, this.done / this.total);
  }
}

const count = (value: number): string => value.toLocaleString('en');

/** Seconds as people say them: 8 s, 3 min 20 s, 2 h 5 min. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
