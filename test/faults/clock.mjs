/** A clock that can be set: loaded before a server (`--import`), it is CLOCK_OFFSET_MS off, and an hour more behind at each SIGUSR2. */
const System = Date;
let offset = Number(process.env.CLOCK_OFFSET_MS ?? 0);
globalThis.Date = class Date extends System {
  constructor(...given) {
    if (given.length === 0) super(System.now() + offset);
    else super(...given);
  }

  static now() {
    return System.now() + offset;
  }
};
process.on('SIGUSR2', () => {
  offset -= 3_600_000;
});
