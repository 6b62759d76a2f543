/** What is waited for no longer once all is to end, in milliseconds. */
const AT_THE_END_MS = 500;

/**
 * What `work` comes to. Rejects with what `late` makes where that is not there at `until` (milliseconds since 1970), or soon after
 * all is to end.
 */
export async function inTime<T>(work: Promise<T>, until: number, ending: AbortSignal, late: () => Error): Promise<T> {
  const timers: NodeJS.Timeout[] = [];
  let atTheEnd!: () => void;
  const isLate = new Promise<never>((_, reject) => {
    const giveUpIn = (ms: number): void => void timers.push(setTimeout(() => reject(late()), ms));
    giveUpIn(until - Date.now());
    atTheEnd = () => giveUpIn(AT_THE_END_MS);
  });
  if (ending.aborted) atTheEnd();
  ending.addEventListener('abort', atTheEnd);
  try {
    return await Promise.race([work, isLate]);
  } finally {
    timers.forEach(clearTimeout);
    ending.removeEventListener('abort', atTheEnd);
  }
}
