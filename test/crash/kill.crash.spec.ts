import { keepsThrough } from './kills.js';

// The short form; the long one is ./kill.long.crash.spec.ts.
keepsThrough(2);
