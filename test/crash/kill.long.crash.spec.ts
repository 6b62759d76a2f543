import { keepsThrough } from './kills.js';

// `npm run test:crash -- --rounds 200` for more.
keepsThrough(Number(process.env.CRASH_ROUNDS ?? 10));
