import { describedEnum } from '../values/described-enum.js';

export const TechniqueFramework = describedEnum('TechniqueFramework', 'Whose terms a technique is named in.', {
  ATLAS: 'MITRE ATLAS: Adversarial Threat Landscape for Artificial-Intelligence Systems.',
  ATTACK: 'MITRE ATT&CK.',
});
export type TechniqueFramework = keyof typeof TechniqueFramework;

/** How a framework spells its own name. */
export const FRAMEWORK_NAMES: Readonly<Record<TechniqueFramework, string>> = { ATLAS: 'ATLAS', ATTACK: 'ATT&CK' };

/** Ids of techniques and their parts, by the frameworks' own schemas: `AML.T0024.002`, `T1078`. */
export const TECHNIQUE_ID: Readonly<Record<TechniqueFramework, RegExp>> = {
  ATLAS: /^(?:[A-Z]+\d*\.)+T\d{4}(?:\.\d{3})?$/,
  ATTACK: /^T\d{4}(?:\.\d{3})?$/,
};

/** Ids of tactics: `AML.TA0010`, `TA0010`. */
export const TACTIC_ID: Readonly<Record<TechniqueFramework, RegExp>> = {
  ATLAS: /^(?:[A-Z]+\d*\.)+TA\d{4}$/,
  ATTACK: /^TA\d{4}$/,
};

/** Ids of whatever a framework names: techniques, tactics and mitigations. */
export const FRAMEWORK_ID: Readonly<Record<TechniqueFramework, RegExp>> = {
  ATLAS: /^(?:[A-Z]+\d*\.)+(?:T\d{4}(?:\.\d{3})?|TA\d{4}|M\d{4})$/,
  ATTACK: /^(?:T\d{4}(?:\.\d{3})?|TA\d{4}|M\d{4})$/,
};

/** A version as MITRE numbers its own: `5.6`, `17.1`. */
export const FRAMEWORK_VERSION = /^\d{1,4}(?:\.\d{1,4}){0,3}$/;

/** Versions by their numbers: negative if `a` is the earlier; `5.6` and `5.6.0` are one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let n = 0; n < Math.max(left.length, right.length); n++) {
    const difference = (left[n] ?? 0) - (right[n] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
