import 'reflect-metadata';
import { validateSync, type ValidationError } from 'class-validator';
import { randomUUID } from 'node:crypto';
import { commands } from '../../../../test/builders/case-commands.js';
import { grantee } from '../../../../test/builders/values.js';
import { IssueKey } from '#access/keys/issue-key.js';
import { MOST_PRINCIPAL } from '#access/principal.js';
import { identityIn } from '#access/tokens/claims.js';
import { Originator } from '../marks/originator.js';
import { CaseGrant, Grantee } from './grantee.js';

/** The places at which something is wrong. */
const faultsIn = (errors: ValidationError[], path = ''): string[] =>
  errors.flatMap(({ property, constraints, children = [] }) => [
    ...(constraints ? [path + property] : []),
    ...faultsIn(children, `${path}${property}.`),
  ]);
const faults = (command: object): string[] => faultsIn(validateSync(command));

describe('a grantee who looks like another one', () => {
  const named = (id: string) => Object.assign(new Grantee(), grantee(id));
  const [rosa, twin] = [named('rosa'), named('rosa\u200b')];

  it.each<[string, (one: Grantee) => object, string]>([
    ['a new member', (one) => commands.addMember({ grantee: one }), 'grantee'],
    [
      'a member from the start',
      (one) => commands.openCase({ members: [Object.assign(new CaseGrant(), { grantee: one, rights: ['READ'] })] }),
      'members.0.grantee',
    ],
    ['one of those who see a record', (one) => commands.limitRecord({ named: [one] }), 'named'],
    ['one of those who receive it', (one) => commands.markCase({ recipients: [one] }), 'recipients'],
    ['the holder of a privilege', (one) => commands.assertPrivilege({ holder: one, named: [] }), 'holder'],
    ['one who is shown what is privileged', (one) => commands.assertPrivilege({ holder: rosa, named: [one] }), 'named'],
    ['one who works on a new question', (one) => commands.raiseQuestion({ workedOnBy: [one] }), 'workedOnBy'],
    ['one who works on a question', (one) => commands.assignQuestion({ workedOnBy: [one] }), 'workedOnBy'],
  ])('is not taken as %s', (_, command, where) => {
    expect(faults(command(rosa))).toEqual([]);
    expect(faults(command(twin))).toEqual([where]);
  });

  it('is taken where it is a member: it is changed and removed by the name it has', () => {
    expect(faults(commands.changeMember({ grantee: twin }))).toEqual([]);
    expect(faults(commands.removeMember({ grantee: twin }))).toEqual([]);
  });

  it('is not taken as the originator of a mark, and consents to one that stands', () => {
    const by = (organisation: string) =>
      faults(commands.markCase({ originator: Object.assign(new Originator(), { organisation }) }));
    expect(by('acme')).toEqual([]);
    expect(by('acme ')).toEqual(['originator']);
    const originator = Object.assign(new Originator(), { organisation: 'acme ' });
    expect(faults(commands.recordOriginatorConsent({ originator }))).toEqual([]);
  });
});

describe('a principal whose id is as long as a token’s can be', () => {
  const claims = { iss: `https://id.example.com/${'a'.repeat(250)}`, jti: '1', exp: 1, client_id: 'app' };
  const { id } = identityIn({ ...claims, sub: 's'.repeat(226) }, 'groups');
  const grantedTo = Object.assign(new Grantee(), grantee(id));

  it('is as long as a command takes it: whoever acts can be named, removed and given a key', () => {
    expect(id).toHaveLength(MOST_PRINCIPAL);
    const commandsOf = [
      commands.addMember({ grantee: grantedTo }),
      commands.removeMember({ grantee: grantedTo }),
      commands.assignLead({ lead: id }),
      commands.assignCase({ assignees: [id] }),
      Object.assign(new IssueKey(), {
        ...{ commandId: randomUUID(), principal: id, label: 'Ann', actorKind: 'PERSON', onBehalfOf: id },
      }),
    ];
    expect(commandsOf.map(faults)).toEqual(commandsOf.map(() => []));
  });

  it('is longer in no token that is taken', () => {
    expect(() => identityIn({ ...claims, sub: 's'.repeat(227) }, 'groups')).toThrow(
      'The claims iss and sub must be 499 characters at most together.',
    );
  });
});
