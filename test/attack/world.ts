import { randomUUID } from 'node:crypto';
import { type FullCase, recordFullCase } from '../e2e/full-case.js';
import { type Service } from '../e2e/service.js';
import { withWords } from '../operating/with-words.js';
import { type Heard } from './random-values.js';

/** A case that must not be known of, who must not know of it, and what they may have heard of it all the same. */
export interface World {
  /** Stands in every text of the case. */
  canary: string;
  /** The case's number, which is random. */
  number: string;
  /** Of a member of the case. */
  memberKey: string;
  attackers: Record<string, string>;
  heard: Heard;
  /** An attacker's own case, with a right input of every command on cases. */
  own: FullCase;
}

const SHARED_WORDS = ['Brightwater', 'x', '2025', '%', '*', '"', "' OR 1=1 --", 'CASE-', 'terms'];

/** Records a case that is restricted from its first event on, with the canary in each of its texts, and another one by an outsider. */
export async function hide(service: Service, canary: string): Promise<World> {
  const reviewer = await service.keyFor('rosa', ['REVIEWER']);
  const memberKey = await service.keyFor('mia');
  const [outsider, removed] = [await service.keyFor('otto'), await service.keyFor('lena')];
  const commandIds: string[] = [];
  const hidden = Object.assign(Object.create(service) as Service, {
    keyFor: (principal: string, roles?: string[]) => service.keyFor(principal, roles),
    command: (name: string, input: object, key?: string) => {
      // It is restricted from its first event on, and stays so.
      if (name === 'restrictCase' || name === 'unrestrictCase') return { data: { [name]: { revision: -1 } } };
      const commandId = randomUUID();
      commandIds.push(commandId);
      // Terms stand outside all cases: they are one's own people's to read.
      const worded = { ...(name.includes('Terms') ? input : withWords(name, input, canary)), commandId };
      return service.command(name, name === 'openCase' ? restricted(worded) : worded, key);
    },
    done: (name: string, input: object, key?: string) => {
      const worded = withWords(name, input, canary);
      return service.done(name, name === 'openCase' ? restricted(worded) : worded, key);
    },
  });
  const secret = await recordFullCase(hidden, memberKey, reviewer, 'mia');
  const lena = { kind: 'PERSON', id: 'lena' };
  await service.done('addMember', { caseId: secret.caseId, grantee: lena, rights: ['READ'] }, memberKey);
  await service.done('removeMember', { caseId: secret.caseId, grantee: lena }, memberKey);
  const own = await recordFullCase(service, outsider, reviewer, 'otto');
  // A record of a case that the outsider knows, limited to somebody else.
  const noteId = randomUUID();
  await service.done('addNote', { caseId: own.caseId, noteId, text: { text: `Hidden ${canary}` } }, memberKey);
  const named = [{ kind: 'PERSON', id: 'mia' }];
  await service.done('limitRecord', { caseId: own.caseId, recordId: noteId, named }, memberKey);

  const shared = await shareWithPartner(service, canary, memberKey);

  const seen = await service.ask(
    `{ case(id: "${secret.caseId}") { number } cases(first: 1) { pageInfo { endCursor } }
       events(first: 100, cases: ["${secret.caseId}"]) { nodes { id type sequence } cursor } }`,
    {},
    memberKey,
  );
  const { number } = seen.data.case;
  const { nodes, cursor } = seen.data.events;
  const ids = [secret.caseId, secret.caseId, own.caseId, own.caseId, noteId, ...shared, randomUUID(), ...commandIds];
  return {
    ...{ canary, number, memberKey, own },
    attackers: {
      outsider,
      'removed member': removed,
      auditor: await service.keyFor('aud', ['AUDITOR']),
      administrator: service.adminKey,
      partner: await partnerKey(service),
      nobody: await service.keyFor('nobody', []),
    },
    heard: {
      ids: [
        ...ids,
        ...Object.values(secret.ids),
        ...Object.values(own.ids),
        ...nodes.map(({ id }: { id: string }) => id),
      ],
      numbers: [number, 'CASE-2025-0001', `${number.slice(0, -1)}A`],
      cursors: ['0', '0', '3', cursor, seen.data.cases.pageInfo.endCursor],
      eventTypes: [...new Set<string>(nodes.map(({ type }: { type: string }) => type))],
      words: [...SHARED_WORDS, 'mia', 'Everything'],
      head: await service.logHead(),
    },
  };
}

const restricted = (input: Record<string, any>): object => ({
  ...input,
  restricted: true,
  members: [...(input.members ?? []), { grantee: { kind: 'PERSON', id: 'rosa' }, rights: ['READ', 'CONTRIBUTE'] }],
});

/**
 * Records a case that the partner reads and records in, restricted to it and its opener: what was said before the share has the
 * canary, and what is marked so that the partner does not receive it.
 */
async function shareWithPartner(service: Service, canary: string, key: string): Promise<string[]> {
  const [caseId, noteId, partyId, redId] = Array.from({ length: 4 }, () => randomUUID());
  const said = (text: string) => ({ text });
  await service.done('openCase', { caseId, title: `Not yet ${canary}`, kind: 'CASE', restricted: true }, key);
  await service.done('addNote', { caseId, noteId, text: said(`As it was ${canary}`) }, key);
  await service.done('addParty', { caseId, partyId, partyKind: 'PERSON', name: canary }, key);
  await service.done('addNote', { caseId, noteId: redId, text: said(`Red ${canary}`), about: [partyId] }, key);
  for (const recordId of [partyId, redId]) await service.done('markRecord', { caseId, recordId, tlp: 'RED' }, key);
  await service.done('amendNote', { caseId, noteId, text: said('As it is') }, key);
  await service.done('amendCase', { caseId, title: 'Shared' }, key);
  const grantee = { kind: 'ORGANISATION', id: 'brightwater' };
  await service.done('addMember', { caseId, grantee, rights: ['READ', 'CONTRIBUTE'] }, key);
  await service.done('amendNote', { caseId, noteId: redId, text: said(`Still red ${canary}`) }, key);
  return [caseId, caseId, noteId, partyId, redId];
}

async function partnerKey(service: Service): Promise<string> {
  const input = { principal: 'pia', label: 'Pia', actorKind: 'PERSON', principalRoles: ['PARTNER'] };
  const asked = await service.command('issueKey', { ...input, organisation: 'brightwater' }, undefined, 'secret');
  if (asked.errors) throw new Error(JSON.stringify(asked.errors));
  return asked.data.issueKey.secret as string;
}
