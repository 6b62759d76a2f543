/** What a thread that projects events imports by its address: see `projectionsModule`. */
export { projections, registry } from './projections.js';
