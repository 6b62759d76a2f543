import { assignments } from './assignments/assignments.js';
import { attributions } from './attributions/attributions.js';
import { authorityRequests } from './authority-requests/authority-requests.js';
import { type Capability } from './capability.js';
import { caseRelations } from './case-relations/case-relations.js';
import { cases } from './cases/cases.js';
import { disclosures } from './disclosures/disclosures.js';
import { exhibits } from './exhibits/exhibits.js';
import { findings } from './findings/findings.js';
import { knowings, knowledge } from './knowledge/knowledge.js';
import { identifiers } from './identifiers/identifiers.js';
import { identities } from './identities/identities.js';
import { claims } from './claims/claims.js';
import { cooperations } from './cooperations/cooperations.js';
import { counselEngagements } from './counsel-engagements/counsel-engagements.js';
import { countermeasures } from './countermeasures/countermeasures.js';
import { impacts } from './impacts/impacts.js';
import { limits } from './limits/limits.js';
import { links } from './links/links.js';
import { marks } from './marks/marks.js';
import { members } from './members/members.js';
import { merges } from './merges/merges.js';
import { notes } from './notes/notes.js';
import { notifications } from './notifications/notifications.js';
import { observations } from './observations/observations.js';
import { parties } from './parties/parties.js';
import { partyRelations } from './party-relations/party-relations.js';
import { privileges } from './privileges/privileges.js';
import { questions } from './questions/questions.js';
import { references } from './references/references.js';
import { products } from './products/products.js';
import { referrals } from './referrals/referrals.js';
import { reports } from './reports/reports.js';
import { retractions } from './retractions/retractions.js';
import { statements } from './statements/statements.js';
import { triage } from './triage/triage.js';
import { techniques } from './techniques/techniques.js';
import { violations } from './violations/violations.js';

/** Everything that an investigation can record. */
export const capabilities: readonly Capability[] = [
  cases,
  triage,
  members,
  assignments,
  caseRelations,
  references,
  merges,
  parties,
  partyRelations,
  identifiers,
  identities,
  attributions,
  techniques,
  exhibits,
  observations,
  notifications,
  violations,
  notes,
  limits,
  privileges,
  marks,
  reports,
  statements,
  products,
  claims,
  impacts,
  countermeasures,
  referrals,
  authorityRequests,
  cooperations,
  counselEngagements,
  retractions,
  questions,
  findings,
  links,
  knowledge,
  disclosures,
  knowings,
];
