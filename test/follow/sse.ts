import { type IncomingMessage, request } from 'node:http';
import { type Followed, type Following, Queue, type Wanted } from './followed.js';

/** One event of a stream of server-sent events, as the standard reads it. */
export interface Frame {
  id?: string;
  event?: string;
  data?: string;
  comment?: true;
}

/** Reads frames out of text that arrives in pieces. */
export class Frames {
  private rest = '';

  constructor(private readonly take: (frame: Frame) => void) {}

  push(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop()!;
    for (const block of blocks) {
      const frame: Frame = {};
      for (const line of block.split('\n')) {
        const [, name, value] = /^(\w*):? ?(.*)$/s.exec(line)!;
        if (name === '') frame.comment = true;
        else if (name === 'id' || name === 'event' || name === 'data') frame[name] = value;
      }
      this.take(frame);
    }
  }
}

export const addressOf = (url: string, { after, types, cases }: Wanted): string => {
  const parameters = new URLSearchParams();
  if (after !== undefined) parameters.set('after', after);
  if (types) parameters.set('types', types.join(','));
  if (cases) parameters.set('cases', cases.join(','));
  return `${url}/events?${parameters.toString()}`;
};

/** Follows by server-sent events. */
export function followSse(
  url: string,
  key: string,
  wanted: Wanted,
): Following & { frames: Frame[]; pause(): void; resume(): void } {
  const told = new Queue<Followed>();
  const frames: Frame[] = [];
  const reader = new Frames((frame) => {
    frames.push(frame);
    if (frame.data !== undefined && frame.event === undefined) told.push(JSON.parse(frame.data) as Followed);
  });
  let pause = false;
  let response: IncomingMessage | undefined;
  const call = request(addressOf(url, wanted), { headers: { authorization: `Bearer ${key}` } }, (answer) => {
    response = answer;
    if (answer.statusCode !== 200) return told.end(new Error(`HTTP ${answer.statusCode}`));
    answer.setEncoding('utf8').on('data', (text: string) => reader.push(text));
    answer.on('error', () => told.end()).on('close', () => told.end());
    if (pause) answer.pause();
  });
  call.on('error', () => told.end());
  call.end();
  return {
    told,
    frames,
    cut: () => call.destroy(),
    pause: () => {
      pause = true;
      response?.pause();
    },
    resume: () => response?.resume(),
  };
}
