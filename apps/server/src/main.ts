#!/usr/bin/env node
import 'reflect-metadata';
import { BadConfig, readConfig } from './config.js';
import { startProblem } from './start-problem.js';

/** Ends the process with one sentence on standard error. */
function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

try {
  const config = readConfig(process.env);
  // Loaded only now: a wrong setting is told at once.
  const { startServer } = await import('./server.js');
  const server = await startServer(config, (error) =>
    fail(`Stopped: ${error instanceof Error ? error.message : String(error)}`),
  );
  const { url, firstKey } = server;
  const lines = [
    `Caseledger listens on ${url}`,
    `GraphQL  ${url}/graphql`,
    `IDE      ${url}/graphiql${firstKey ? `#key=${firstKey}` : ''}`,
  ];
  if (firstKey)
    lines.push(`The first administrator key, shown this once and kept in ${config.DATA_DIR}/admin.key:`, firstKey);
  process.stdout.write(`${lines.join('\n')}\n`);

  const stop = (): void => {
    // A second signal ends it at once.
    process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
    server.close().then(
      () => process.exit(0),
      (error: Error) => fail(`Stopping failed: ${error.message}`),
    );
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
} catch (error) {
  fail(error instanceof BadConfig ? error.message : startProblem(error));
}
