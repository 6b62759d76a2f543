/** Whether keys fetched from here are the provider's: what comes over a wire that others can write to is anybody's. */
export const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
