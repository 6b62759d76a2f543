import { type Followed, type Following } from '../follow/followed.js';
import { followSse } from '../follow/sse.js';
import { followWebSocket } from '../follow/web-socket.js';
import { Service } from './service.js';

/** A service with an investigator, `ines`, and people of outside organisations who read and follow. */
export class PartnerService {
  private readonly following: Following[] = [];

  private constructor(
    readonly service: Service,
    readonly ines: string,
  ) {}

  static async start(): Promise<PartnerService> {
    const service = await Service.start();
    return new PartnerService(service, await service.keyFor('ines'));
  }

  /** The key of somebody of an outside organisation. */
  async keyOf(principal: string, organisation: string): Promise<string> {
    const input = { principal, label: principal, actorKind: 'PERSON', principalRoles: ['PARTNER'], organisation };
    const { data } = await this.service.command('issueKey', input, this.service.adminKey, 'secret');
    return data.issueKey.secret as string;
  }

  followedBy(key: string, caseId: string, way: 'sse' | 'websocket' | 'case' = 'sse'): Following {
    const { url } = this.service;
    const one =
      way === 'sse'
        ? followSse(url, key, { after: '0', cases: [caseId] })
        : followWebSocket(url, key, way === 'case' ? { after: '0', caseId } : { after: '0', cases: [caseId] });
    this.following.push(one);
    return one;
  }

  /** Ends all who follow. */
  cut(): void {
    for (const one of this.following.splice(0)) one.cut();
  }

  stop(): Promise<void> {
    return this.service.stop();
  }
}

export const ofOrganisation = (id: string) => ({ kind: 'ORGANISATION', id });

/** What is told up to the first that is accepted; it comes with that. */
export async function toldUntil({ told }: Following, last: (one: Followed) => boolean): Promise<Followed[]> {
  const all: Followed[] = [];
  for await (const one of told) {
    all.push(one);
    if (last(one)) return all;
  }
  throw new Error(`It ended before: ${JSON.stringify(all)}`);
}

export const typesOf = (all: Followed[]) => all.flatMap(({ event }) => event?.type ?? []);
