/** Finding a node and connecting to it took too long. Nothing was sent. */
export class NotConnected extends Error {
  constructor(mostMs: number) {
    super(`no connection established within ${mostMs} ms`);
  }
}

/** What the promise resolves to, if it does in time; else rejects with `NotConnected`, and what comes late is handed to `late`. */
export async function within<T>(mostMs: number, promise: Promise<T>, late: (value: T) => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      promise.then(late, () => undefined);
      reject(new NotConnected(mostMs));
    }, mostMs);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
