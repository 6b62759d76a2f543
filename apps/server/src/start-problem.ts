/** Why the server cannot start, in one sentence with the remedy. Errors of our own say it themselves. */
export function startProblem(error: unknown): string {
  const { code, message, port, address, path, stack } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${address} is in use; stop what listens there, or set PORT to another.`;
  if (code === 'EACCES' && port) return `Port ${port} may not be used by this user; set PORT to 1024 or above.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST is no address of this machine (${message}); use 127.0.0.1, or 0.0.0.0 for all.`;
  if (code && path)
    return `${path} cannot be used (${message}): make it this user's, a file that may be read and written.`;
  return error instanceof Error && error.constructor !== Error && !(error instanceof TypeError)
    ? message
    : (stack ?? String(error));
}
