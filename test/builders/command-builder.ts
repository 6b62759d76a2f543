import { CASE } from './ids.js';

/** Builds valid commands of a class: called, with what is required alone; `full`, with every field it has. */
export function builder<C extends object>(type: new () => C, required: Partial<C>, optional: Partial<C> = {}) {
  const base = { commandId: 'c1', ...('caseId' in optional ? {} : { caseId: CASE }) };
  const make = (fields: object): C => Object.assign(new type(), base, required, fields);
  return Object.assign((over: Partial<C> = {}) => make(over), {
    full: (over: Partial<C> = {}) => make({ ...optional, ...over }),
  });
}
