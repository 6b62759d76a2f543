// Gives every test and hook the time that it may take, as jest's own runner does: one that hangs fails, and the others go on.

/** In milliseconds. Servers and databases start in a second; a machine under load may take many. */
const MOST = 60_000;

/** The real ones, also where a test sets the clock. */
const { setTimeout, clearTimeout } = globalThis;

const limited = (what, run, most = MOST) =>
  run &&
  (async (...args) => {
    let timer;
    const late = new Promise((_, reject) => {
      const fail = () => reject(new Error(`It took more than ${most} ms: ${what}.`));
      timer = setTimeout(fail, most);
    });
    try {
      await Promise.race([run(...args), late]);
    } finally {
      clearTimeout(timer);
    }
  });

/** A test, or each of a table. */
const test = (known) => (name, run, most) => known(name, limited(name, run, most));

for (const hook of ['beforeAll', 'beforeEach', 'afterEach', 'afterAll']) {
  const known = globalThis[hook];
  globalThis[hook] = (run, most) => known(limited(hook, run, most));
}
for (const name of ['it', 'test']) {
  const known = globalThis[name];
  globalThis[name] = Object.assign(test(known), {
    each: (...table) => test(known.each(...table)),
    skip: known.skip,
    only: Object.assign(test(known.only), { each: (...table) => test(known.only.each(...table)) }),
  });
}
