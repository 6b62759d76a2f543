import { PART } from '#event-sourcing/log/sqlite/missing-log.js';
import { KEPT } from '../../../server/src/kept-files.js';
import { FILE } from './manifest.js';

const NAMES: readonly string[] = [KEPT.log, ...KEPT.files].flatMap((name) => [name, `${name}${PART}`]);

/** Whether a folder of these names holds no more than what a backup that was broken off leaves. */
export const isOfBackup = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => NAMES.includes(name) || name === `${FILE}${PART}`);

/** The same of a restore that was broken off before the log had its name, which is in the folder without it from the first. */
export const isOfRestore = (names: readonly string[]): boolean =>
  names.includes(`${KEPT.log}${PART}`) && !names.includes(KEPT.log) && names.every((name) => NAMES.includes(name));
