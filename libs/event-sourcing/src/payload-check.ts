import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type EventRegistry, type EventSchema } from './registry.js';

// The schemas are ours, and tests hold them against the meta-schema: compiling that takes a tenth of a second of a start.
const ajv = new Ajv2020({ strict: false, allErrors: false, meta: false, validateSchema: false });
/** Compiled when they are first needed. Apart from the registry, as what only reads events needs none of it. */
const validators = new WeakMap<EventSchema, ValidateFunction>();

/** Throws an Error naming the first member that does not fit the schema of the type's current version. */
export function checkPayload(registry: EventRegistry, type: string, payload: object): void {
  const misfit = misfitOf(registry, type, registry.versionOf(type), payload);
  if (misfit) throw new Error(`The payload of ${type} does not fit its schema: ${misfit}.`);
}

/** The first member that does not fit the schema of this version of a type that is known, and why; null if all do. */
export function misfitOf(registry: EventRegistry, type: string, version: number, payload: object): string | null {
  const schema = registry.schemaOf(type, version);
  let validate = validators.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  if (validate(payload)) return null;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath || '/'} ${error?.message}`;
}
