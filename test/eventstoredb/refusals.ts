import { Metadata, type ServerErrorResponse, status } from '@grpc/grpc-js';
import { type Faults } from './faults.js';

/** Why a call is refused before it is looked at; undefined if it is not. */
export function refusal(faults: Faults, { appends = false } = {}): ServerErrorResponse | undefined {
  if (faults.notReady > 0) {
    faults.notReady--;
    return problem(status.UNAVAILABLE, 'Server Is Not Ready');
  }
  if (!appends) return undefined;
  const once = faults.notLeader > 0 && faults.notLeader-- > 0;
  if (!once && !faults.leader) return undefined;
  const { host, port } = faults.leader ?? { host: '127.0.0.1', port: 1 };
  return problem(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
}

/** What a call fails with. */
export function problem(code: status, details: string, trailing: Record<string, string> = {}): ServerErrorResponse {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailing)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
