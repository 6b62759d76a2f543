import { setTimeout as delay } from 'node:timers/promises';
import { type World } from './world.js';

/** Milliseconds. */
export interface Lengths {
  /** How long a frozen engine stands still. */
  frozen: number;
  /** How long a projector is paused while another takes over. */
  paused: number;
  /** How long a server is away between its end and its start. */
  away: number;
  /** How long a standby may take until it writes the read models. */
  takenOver: number;
}

/** What is done to a cluster while it is written to; each leaves as many processes as there were. */
export const FAULTS: Readonly<Record<string, (world: World, lengths: Lengths) => Promise<void>>> = {
  'every projector is killed in the middle of a batch': async (world, { away }) => {
    const { projectors } = world;
    await Promise.all(projectors.map(({ server }) => server.kill()));
    await delay(away);
    await Promise.all(projectors.map((_, nth) => world.replace('projections', nth)));
  },
  'the active projector is killed, and the standby takes over': async (world, { takenOver }) => {
    const nth = await world.active();
    await world.projectors[nth].server.kill();
    const since = performance.now();
    await world.active(nth);
    expect(performance.now() - since).toBeLessThan(takenOver);
    await world.replace('projections', nth);
  },
  'a process that takes commands is killed while it appends': async (world, { away }) => {
    await world.apis[0].server.kill();
    await delay(away);
    await world.replace('api', 0);
  },
  'the log server is restarted': async ({ log }, { away }) => {
    await log.end('SIGTERM');
    await delay(away);
    await log.restart();
  },
  'the log server is killed': async ({ log }, { away }) => {
    await log.end('SIGKILL');
    await delay(away);
    await log.restart();
  },
  'the log server and the active projector are killed at once, and the log stays away': async (world, { frozen }) => {
    const { log, projectors } = world;
    const nth = await world.active();
    await Promise.all([log.end('SIGKILL'), projectors[nth].server.kill()]);
    await delay(frozen);
    await log.restart();
    await world.active(nth);
    await world.replace('projections', nth);
  },
  'PostgreSQL is restarted': async ({ postgres }, { away }) => {
    await postgres.stop();
    await delay(away);
    await postgres.restart();
  },
  'PostgreSQL is killed': async ({ postgres }, { away }) => {
    await postgres.kill();
    await delay(away);
    await postgres.restart();
  },
  'the log server stands still': async ({ log }, { frozen }) => {
    log.freeze();
    await delay(frozen);
    log.thaw();
  },
  'PostgreSQL stands still': async ({ postgres }, { frozen }) => {
    await postgres.freeze();
    await delay(frozen);
    await postgres.thaw();
  },
  'the answers to appends are lost': async ({ log: { proxy } }, { away }) => {
    proxy.loseAnswers();
    await delay(away);
    proxy.pass();
  },
  'a projector is paused and wakes when another has taken over': async (world, { paused }) => {
    const nth = await world.active();
    const { pid } = world.projectors[nth].server;
    process.kill(pid, 'SIGSTOP');
    try {
      await world.active(nth);
      await delay(paused);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  },
};

/** Of these the short form tries some: the others are tried there on each engine alone (`test/postgres`, `test/eventstoredb`). */
export const SHORT_FORM = [
  'the active projector is killed, and the standby takes over',
  'a process that takes commands is killed while it appends',
  'the log server is killed',
  'PostgreSQL is killed',
  'the answers to appends are lost',
];
