import { parseArgs } from 'node:util';
import { EventStoreDouble } from './double.js';
import { type Faults } from './faults.js';

/**
 * The double as a process of its own, to be stopped and killed by signals:
 * `node dist/test/eventstoredb/main.js --folder <path> [--port <n>] [--faults <json>]`. Says where it listens.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    port: { type: 'string', default: '0' },
    faults: { type: 'string', default: '{}' },
  },
});
if (!values.folder) throw new Error('Say where its data is to lie: --folder <path>');
const faults = JSON.parse(values.faults) as Partial<Faults>;
const double = await EventStoreDouble.start(values.folder, { ...faults, port: Number(values.port) });
process.stdout.write(`${double.url}\n`);
process.once('SIGTERM', () => {
  double.stop();
  process.exit(0);
});
