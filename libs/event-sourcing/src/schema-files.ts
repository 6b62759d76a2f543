import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';
import { type EventSchema, type EventSchemas } from './registry.js';

/** Where `npm run generate` writes the schemas. */
export const schemaFolder = join(packageRoot, 'schemas', 'events');

/** Reads `<Type>.v<n>.json` of a folder. */
export function loadEventSchemas(folder = schemaFolder): EventSchemas {
  const schemas = new Map<string, EventSchema>();
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.json'))
      schemas.set(file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, file), 'utf8')) as EventSchema);
  }
  return schemas;
}
