/**
 * Objects of STIX 2.1 (OASIS Standard, 2021-06-10): domain objects, relationships, markings, and the observables that
 * investigations name. `event`, `impact` and `task` are of its incident extension suite (OASIS draft 2, 2023-10-10).
 */
export type StixObject =
  | 'artifact'
  | 'attack-pattern'
  | 'autonomous-system'
  | 'campaign'
  | 'course-of-action'
  | 'domain-name'
  | 'email-addr'
  | 'event'
  | 'file'
  | 'grouping'
  | 'identity'
  | 'impact'
  | 'incident'
  | 'indicator'
  | 'infrastructure'
  | 'intrusion-set'
  | 'ipv4-addr'
  | 'ipv6-addr'
  | 'language-content'
  | 'location'
  | 'malware'
  | 'malware-analysis'
  | 'marking-definition'
  | 'note'
  | 'observed-data'
  | 'opinion'
  | 'relationship'
  | 'report'
  | 'sighting'
  | 'software'
  | 'task'
  | 'threat-actor'
  | 'tool'
  | 'url'
  | 'user-account'
  | 'vulnerability';

/**
 * What an event comes to in STIX 2.1, for `docs/events.md`: the object that it makes or changes, and behind a colon which of its
 * properties, values of its vocabularies or extensions say so: `'incident: determination suspected'`. `any` stands for the
 * object of whatever record the event concerns. Where STIX has nothing for it, `none` and why: `'none: who may see a case'`.
 */
export type Stix = StixObject | `${StixObject | 'any' | 'none'}: ${string}`;
