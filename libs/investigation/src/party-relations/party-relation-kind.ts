import { describedEnum } from '../values/described-enum.js';

export const PartyRelationKind = describedEnum(
  'PartyRelationKind',
  'How one party stands to another, read from the first to the second: A is LARGEST_INVESTOR_IN B. Being the same is none of them: see Identity.',
  {
    INVESTOR_IN: 'Holds a stake in it.',
    LARGEST_INVESTOR_IN: 'Holds the largest stake in it of all.',
    OWNER_OF: 'Owns it.',
    SUBSIDIARY_OF: 'Belongs to it.',
    PARTNER_OF: 'Works with it by agreement.',
    CUSTOMER_OF: 'Uses what it offers, under its terms.',
    SUPPLIER_OF: 'Provides what it uses.',
    COMPETITOR_OF: 'Offers what it offers.',
    EMPLOYEE_OF: 'Works for it.',
    SECURITY_RESEARCHER_OF: 'Researches its security, or security on its behalf.',
    MEMBER_OF: 'Is one of it.',
    OFFICER_OF: 'Holds an office in it.',
    APPOINTED_BY: 'Holds an office by its appointment.',
    SPOKESPERSON_OF: 'Speaks for it.',
    COUNSEL_OF: 'Advises or represents it in matters of law.',
    LINKED_TO: 'Is linked to it; the source says no more of how.',
    POSSIBLY_LINKED_TO: 'May be linked to it: the source gives the link itself as a possibility.',
    OTHER: 'Another relation, which the qualifier names.',
  },
);
export type PartyRelationKind = keyof typeof PartyRelationKind;
