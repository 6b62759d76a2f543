import { readConfig } from '../../apps/server/src/config.js';
import { startServer } from '../../apps/server/src/server.js';
import { startProblem } from '../../apps/server/src/start-problem.js';

/** A server, wherever it runs. */
export interface AServer {
  url: string;
  /** All it wrote so far. */
  readonly written: { output: string; errors: string };
  /** Ends it in order. */
  stop(): Promise<unknown>;
}

/**
 * Starts the server in this process, as one of its own costs more than most tests do. It reads no variable but those of
 * `environment`; what would end its process is told with its lines, and ends nothing. Rejects with the sentence it would print.
 */
export async function serverHere(dataDir: string, environment: Readonly<Record<string, string>>): Promise<AServer> {
  if ('NODE_OPTIONS' in environment) throw new Error('Options of Node are those of a process: start it apart.');
  const written = { output: '', errors: '' };
  const tell = (line: string): void => void (written.errors += line);
  try {
    const config = readConfig({ PORT: '0', DATA_DIR: dataDir, ...environment });
    const onFatal = (error: unknown): void => tell(`Stopped: ${String(error)}\n`);
    const server = await startServer(config, onFatal, { linesTo: { write: tell } });
    return { url: server.url, written, stop: () => server.close() };
  } catch (error) {
    throw new Error(startProblem(error), { cause: error });
  }
}
