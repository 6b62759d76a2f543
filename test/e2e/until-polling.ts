import { until } from '../crash/until.js';
import { type Service } from './service.js';

/** Waits until so many wait for events in a query, as the server's metrics tell. */
export async function untilPolling(service: Service, count: number): Promise<void> {
  const headers = { authorization: `Bearer ${service.adminKey}` };
  await until(`${count} wait`, async () => {
    const metrics = await (await fetch(`${service.url}/metrics`, { headers })).text();
    return metrics.includes(`subscribers{transport="polling"} ${count}\n`) || undefined;
  });
}
