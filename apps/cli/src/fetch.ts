// Node 20's own waits for good on a connection that is closed as it comes about.
export { fetch, type Response } from 'undici';
