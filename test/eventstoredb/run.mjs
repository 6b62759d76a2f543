// Every test of the log on EventStoreDB, against the server at EVENTSTOREDB_URL; nothing is skipped.
import { spawnSync } from 'node:child_process';

const url = process.env.EVENTSTOREDB_URL;
if (!url) {
  console.error(
    'EVENTSTOREDB_URL is missing: give the address of a server to test against, as in EVENTSTOREDB_URL="esdb://127.0.0.1:2113?tls=false".',
  );
  process.exit(1);
}
console.log(
  `The contract, the faults of connections, copying, the scenarios and the cluster run against ${url.replace(/(:\/\/[^/@]*?):.*@/, '$1:…@')} ` +
    '(each under a prefix of its own, which stays there); what only a double can be told to do runs against the double.',
);
const jest = ['--enable-source-maps', 'node_modules/jest/bin/jest.js'];
/** All that asks for a server: ./a-server.ts. */
const suites = ['eventstoredb', 'test/contracts/copy-log', 'test/cluster/roles', 'test/postgres/two-servers'];
const { status } = spawnSync(process.execPath, [...jest, ...suites, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
