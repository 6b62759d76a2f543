import { type EventSchema } from '#event-sourcing/registry.js';
import { brokenContract, type Contract } from './contract.js';

const GRAPHQL = `
  type Query { case(id: ID!): Case, old: String @deprecated(reason: "Use case."), events(after: String): [String!]! }
  type Case { title: String!, status: Status! }
  enum Status { OPEN CLOSED }
`;
const noteAdded = (change: Partial<EventSchema> = {}): EventSchema => ({
  title: 'NoteAdded.v1',
  type: 'object',
  properties: { text: { type: 'string' }, lines: { type: 'array', items: { type: 'integer' } } },
  required: ['text'],
  ...change,
});
const contract = (change: Partial<Contract> = {}): Contract => ({
  version: '1.4.0',
  graphql: GRAPHQL,
  events: [noteAdded()],
  ...change,
});
const broken = (now: Partial<Contract>): Promise<string[]> => brokenContract(contract(), contract(now));
const graphql = (from: string, to: string): Partial<Contract> => ({ graphql: GRAPHQL.replace(from, to) });

describe('the contract of a release', () => {
  it.each<[string, Partial<Contract>]>([
    ['nothing changes', {}],
    [
      'a field, a value and an argument that may be left out are added',
      graphql('title: String!', 'title: String!, number(short: Boolean): String'),
    ],
    ['a value is added to an enum', graphql('OPEN CLOSED', 'OPEN CLOSED MERGED')],
    ['what the release deprecated goes', graphql('old: String @deprecated(reason: "Use case."), ', '')],
    ['something becomes deprecated', graphql('title: String!', 'title: String! @deprecated(reason: "Use name.")')],
    ['GraphQL breaks with a new major version', { version: '2.0.0', ...graphql('title: String!', 'name: String!') }],
    [
      'an event gets a field that may be left out',
      { events: [noteAdded({ properties: { ...noteAdded().properties, by: { type: 'string' } } })] },
    ],
    ['an event gets a new version', { events: [noteAdded(), noteAdded({ title: 'NoteAdded.v2', required: [] })] }],
  ])('is kept where %s', async (_, now) => expect(await broken(now)).toEqual([]));

  it.each<[string, Partial<Contract>, RegExp]>([
    [
      'a field goes',
      graphql('title: String!', 'name: String!'),
      /^schema\.graphql was released with 1\.4\.0: .*'title'.*keep it, deprecated/,
    ],
    ['a field becomes nullable', graphql('title: String!', 'title: String'), /'Case\.title' changed type/],
    ['an argument becomes required', graphql('after: String', 'after: String!'), /after/],
    ['a value of an enum goes', graphql('OPEN CLOSED', 'OPEN'), /CLOSED/],
    [
      'an event goes',
      { events: [] },
      /^NoteAdded\.v1 was released with 1\.4\.0: its schema is gone; make a new version/,
    ],
    ['an event goes with a new major version', { version: '2.0.0', events: [] }, /its schema is gone/],
    [
      'a field of an event goes',
      { events: [noteAdded({ properties: { text: { type: 'string' } } })] },
      /lines is gone/,
    ],
    [
      'a field of an event becomes required',
      { events: [noteAdded({ required: ['text', 'lines'] })] },
      /lines .* is now/,
    ],
  ])('is broken where %s', async (_, now, told) => expect((await broken(now)).join('\n')).toMatch(told));
});
