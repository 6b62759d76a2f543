import { headTable } from './versions.js';
import { type ProjectionGroup } from './read-model.js';

const NAME = /^[a-z][a-z0-9_]*$/i;
const OWN_COLUMNS = ['v', 'valid_to', 'key', 'subject_key', 'id', 'data'];
const OWN_TABLES = ['checkpoint', 'streams', 'events', 'grants', 'walls', 'parts', 'marks'];

/** Throws where names collide or cannot be names of tables and columns. */
export function checkGroup(group: ProjectionGroup): void {
  const tables = new Set([...OWN_TABLES, headTable(group)]);
  for (const { name, columns, indexes } of group.models) {
    if (!NAME.test(name)) throw new Error(`${name} cannot name a read model: letters, digits and _ only.`);
    if (tables.has(name.toLowerCase())) throw new Error(`Two tables would be named ${name}.`);
    tables.add(name.toLowerCase());
    const taken = new Set(OWN_COLUMNS);
    for (const column of Object.keys(columns)) {
      if (!NAME.test(column)) throw new Error(`${name}.${column} cannot name a column: letters, digits and _ only.`);
      if (taken.has(column.toLowerCase())) throw new Error(`Two columns of ${name} would be named ${column}.`);
      taken.add(column.toLowerCase());
    }
    for (const column of indexes.flat()) {
      if (!Object.hasOwn(columns, column))
        throw new Error(`${name} has an index on ${column}, which it does not declare.`);
    }
  }
}
