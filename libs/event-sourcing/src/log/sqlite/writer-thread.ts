import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Append, type FromWriter, type ToWriter, unpack } from './append-messages.js';
import { DiskFull, WriteFailed, Writer } from './writer.js';

/**
 * The writer's thread: whatever waits when a commit begins becomes one group, written and synced at once.
 * It ends by itself after `close` and after a failure it cannot answer for.
 */

/** A group is closed when it holds this many events, or this many UTF-16 units of text. */
const GROUP_EVENTS = 2_000;
const GROUP_TEXT = 8_388_608;

const port = parentPort!;
const { file, maxBytes } = workerData as { file: string; maxBytes?: number };
const waiting: Append[] = [];
const followers = new Set<MessagePort>();
let closing = false;

const answer = (message: FromWriter): void => port.postMessage(message);

function take(message: ToWriter): void {
  if ('appends' in message) waiting.push(...unpack(message.appends));
  else if ('close' in message) closing = true;
  else {
    const follower = message.subscribe;
    followers.add(follower);
    follower.on('close', () => followers.delete(follower));
    follower.unref();
    // It may have read before a commit that it was not told of.
    follower.postMessage(writer.head);
  }
}

function nextGroup(): Append[] {
  let events = 0;
  let text = 0;
  const size = waiting.findIndex((append) => {
    if (events >= GROUP_EVENTS || text >= GROUP_TEXT) return true;
    events += append.events.length;
    for (const { payload, metadata } of append.events) text += payload.length + metadata.length;
    return false;
  });
  return waiting.splice(0, size === -1 ? waiting.length : size);
}

function writeGroup(group: Append[]): void {
  const before = writer.head;
  try {
    answer({ answers: writer.write(group), head: writer.head });
  } catch (error) {
    if (error instanceof DiskFull) return answer({ full: group.length });
    if (!(error instanceof WriteFailed)) throw error;
    answer({ failed: group.length, outcomeUnknown: error.outcomeUnknown, cause: error.message });
    waiting.length = 0;
    return port.close();
  }
  if (writer.head > before) for (const follower of followers) follower.postMessage(writer.head);
}

let writer: Writer;
try {
  writer = new Writer(file, maxBytes);
  port.on('message', onMessage);
  answer({ ready: writer.head });
} catch (error) {
  answer({ refused: (error as Error).message });
}

function onMessage(first: ToWriter): void {
  take(first);
  for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) take(more.message as ToWriter);
  while (waiting.length > 0) writeGroup(nextGroup());
  if (!closing) return;
  for (const follower of followers) follower.close();
  writer.close();
  answer({ closed: true });
  port.close();
}
