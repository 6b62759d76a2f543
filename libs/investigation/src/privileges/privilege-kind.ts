import { describedEnum } from '../values/described-enum.js';

export const PrivilegeKind = describedEnum('PrivilegeKind', 'Why a record need not be disclosed.', {
  ATTORNEY_CLIENT: 'A confidential communication between lawyer and client.',
  WORK_PRODUCT: 'Prepared by or for a lawyer in anticipation of proceedings.',
  LEGAL_ADVICE: 'Legal advice, or asked for to obtain it.',
  LITIGATION: 'Made for the purpose of proceedings that are under way or expected.',
});
export type PrivilegeKind = keyof typeof PrivilegeKind;

export const PrivilegeStatus = describedEnum('PrivilegeStatus', 'Where a privilege stands.', {
  ASSERTED: "Asserted: the record is on counsel's track.",
  WAIVED: 'Waived by its holder.',
});
export type PrivilegeStatus = keyof typeof PrivilegeStatus;
