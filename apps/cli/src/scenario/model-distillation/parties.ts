import { en, type Teller } from './teller.js';

/** Everybody whom the report names, and two subjects whose identity with each other it does not assert. */
export async function addParties(teller: Teller): Promise<void> {
  const party = (name: string, input: object) =>
    teller.record('addParty', `party/${name}`, null, { partyId: teller.id(name), ...input });
  const organisation = (name: string, called: string, partyRoles: string[], text?: string) =>
    party(name, { partyKind: 'ORGANISATION', name: called, partyRoles, description: text && en(text) });
  await organisation(
    'report',
    'The press report',
    ['PRESS', 'SOURCE'],
    'The one report that everything here goes back to. It relays others; its publisher is not stated.',
  );
  await organisation('bloomberg', 'Bloomberg', ['PRESS', 'SOURCE'], 'Relayed by the report.');
  await organisation('openai', 'OpenAI', ['PROVIDER', 'AFFECTED']);
  await organisation('microsoft', 'Microsoft', ['PARTNER', 'INVESTOR', 'AFFECTED']);
  await party('researchers', {
    partyKind: 'GROUP',
    name: "Microsoft's security researchers",
    partyRoles: ['OBSERVER', 'SOURCE'],
  });
  await organisation(
    'deepseek',
    'DeepSeek',
    ['BENEFICIARY'],
    'A Chinese start-up. Possible beneficiary: the report does not say that it took part.',
  );
  await party('group', {
    partyKind: 'GROUP',
    partyRoles: ['SUBJECT'],
    description: en(
      'A group linked to DeepSeek, according to the report. That it is the same as the individuals who were observed is not asserted.',
    ),
  });
  await party('individuals', {
    partyKind: 'UNIDENTIFIED_SUBJECT',
    partyRoles: ['SUBJECT'],
    description: en(
      'Suspicious individuals who might be linked to DeepSeek. That they are the group linked to DeepSeek is not asserted.',
    ),
  });
  const person = (name: string, called: string | null, partyRoles: string[]) =>
    party(name, { partyKind: 'PERSON', name: called, partyRoles });
  await person('sacks', 'David Sacks', ['OFFICIAL', 'SOURCE']);
  await person('trump', 'Donald Trump', ['OFFICIAL']);
  await person('spokesperson', null, ['SPOKESPERSON', 'SOURCE']);
  await organisation('us-government', 'The US government', ['AUTHORITY']);
  await organisation('google', 'Google', [], 'Named beside OpenAI as a giant of the AI market.');
  await organisation('meta', 'Meta', [], 'Named beside OpenAI as a giant of the AI market.');
  await organisation('nvidia', 'Nvidia', ['AFFECTED']);
  await organisation('oracle', 'Oracle', ['AFFECTED']);
  await organisation('alphabet', 'Alphabet', ['AFFECTED'], 'Google, says the report in brackets.');
}

/** How they stand to each other, as the report or those in it say. */
export async function relateParties(teller: Teller): Promise<void> {
  const relation = (from: string, partyRelationKind: string, to: string, more: object = {}) =>
    teller.record('recordPartyRelation', `relation/${from}-${partyRelationKind}-${to}`, 'partyRelationId', {
      fromPartyId: teller.id(from),
      toPartyId: teller.id(to),
      partyRelationKind,
      source: teller.said(),
      ...more,
    });
  await relation('microsoft', 'PARTNER_OF', 'openai', { qualifier: 'a major technology partner' });
  await relation('microsoft', 'LARGEST_INVESTOR_IN', 'openai');
  await relation('researchers', 'SECURITY_RESEARCHER_OF', 'microsoft');
  await relation('group', 'LINKED_TO', 'deepseek');
  await relation('individuals', 'POSSIBLY_LINKED_TO', 'deepseek', { source: teller.said('researchers', 'bloomberg') });
  await relation('sacks', 'APPOINTED_BY', 'trump', { qualifier: '"czar" for AI and crypto-currencies' });
  await relation('spokesperson', 'SPOKESPERSON_OF', 'openai');
}
