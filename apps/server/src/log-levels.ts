import { type LogLevel as NestLogLevel } from '@nestjs/common';
import { LOG_LEVELS, type LogLevel } from './config.js';

/** The given level and all that are graver. */
export const logLevels = (level: LogLevel): NestLogLevel[] => LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1);
