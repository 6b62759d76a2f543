import { type PreparedQuery } from '#api/ide/start-script.js';

/** The invented investigation: restricted, so its number is random; its id is the same in every demo. */
const INVENTED = '7370dc59-42d1-569c-b2ab-23a30f98b10b';

/** Where `npm run demo` has recorded the invented investigation up to 7 March: the last event of that day. */
const SEVENTH_OF_MARCH = 71;

/**
 * Five queries to begin with, written for what `npm run demo` records: CASE-<year>-0001 is the real investigation,
 * the invented one is restricted to its members.
 * @param year the year of recording, UTC
 */
export function preparedQueries(year = new Date().getUTCFullYear()): PreparedQuery[] {
  const real = `CASE-${year}-0001`;
  return [
    {
      title: 'All cases',
      variables: {},
      query: `# Every case, the one that changed last first.
query AllCases {
  cases(first: 20) {
    nodes {
      number
      title
      status
      openPeriods { from to }
      recordedAt
      recordedBy { name }
    }
    totalCount { value exact }
  }
}
`,
    },
    {
      title: 'What is known, and how surely',
      variables: { number: real },
      query: `# One case: who says what, through whom, how surely. "NOT_STATED" is an answer too.
query HowSurely($number: String!) {
  case(number: $number) {
    title
    parties { nodes { id name partyKind partyRoles description { text } } }
    observations {
      nodes {
        status
        description { text }
        source { assertedBy via grade }
        occurredAt { stated }
        observedAt { stated earliest latest }
        quantities { of exact min max asStated }
      }
    }
    notifications { nodes { direction text { text } reportedAt { stated } learnedAt { stated } recordedAt } }
    violations { nodes { status description { text } condition { text } } }
  }
}
`,
    },
    {
      title: 'Then and now',
      variables: { id: INVENTED, then: SEVENTH_OF_MARCH },
      query: `# The same case twice: as the record stood on 7 March, and as it stands now.
query ThenAndNow($id: ID!, $then: Sequence!) {
  then: case(id: $id, asOf: { sequence: $then }) { ...facts }
  now: case(id: $id) { ...facts }
}

fragment facts on Case {
  status
  observations { nodes { status quantities { of exact min max asStated } } }
  violations { nodes { status grounds findings } }
}
`,
    },
    {
      title: 'History',
      variables: { id: INVENTED },
      query: `# Everything that was recorded of a case: when, by whom.
query History($id: ID!) {
  case(id: $id) {
    history(first: 50) {
      nodes { sequence type recordedAt actor { id name kind } summary payload }
    }
  }
}
`,
    },
    {
      title: 'What changed, who changed it, and why',
      variables: { id: INVENTED, then: SEVENTH_OF_MARCH },
      query: `# What differs now from the record as it stood on 7 March.
query Changes($id: ID!, $then: Sequence!) {
  case(id: $id) {
    changes(from: { sequence: $then }) { sequence record recordKind field old new actor { id } reason }
  }
}
`,
    },
  ];
}
