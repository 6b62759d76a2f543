/** A readable UUID: the nth of its kind. */
const id = (kind: number, n: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const CASE = id(1, 1);
export const OTHER_CASE = id(1, 2);
export const partner = id(2, 1);
export const provider = id(2, 2);
export const subject = id(2, 3);
export const observation = id(3, 1);
export const notification = id(4, 1);
export const violation = id(5, 1);
export const note = id(6, 1);
export const privilege = id(7, 1);
export const caseRelation = id(20, 1);
export const reference = id(21, 1);
export const question = id(10, 1);
export const finding = id(11, 1);
export const link = id(12, 1);
export const knowledge = id(13, 1);
export const disclosure = id(14, 1);
export const partyRelation = id(30, 1);
export const identity = id(31, 1);
export const attribution = id(32, 1);
export const rivalAttribution = id(32, 2);
export const technique = id(33, 1);
export const identifier = id(34, 1);
export const report = id(41, 1);
export const statement = id(42, 1);
export const product = id(43, 1);
export const otherProduct = id(43, 2);
export const claim = id(44, 1);
export const impact = id(45, 1);
export const countermeasure = id(46, 1);
export const referral = id(47, 1);
export const authorityRequest = id(48, 1);
export const cooperation = id(49, 1);
export const counselEngagement = id(50, 1);
export const exhibit = id(52, 1);
export const otherExhibit = id(52, 2);
export const terms = id(51, 1);
/** No record of any case. */
export const unknown = id(9, 9);
