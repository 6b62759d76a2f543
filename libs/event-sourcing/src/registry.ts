import { type Class, type StoredEventInfo, storedEventOf } from './event.js';
import { Refusal } from './refusal.js';

/** A JSON Schema of one version of one event's payload. */
export interface EventSchema {
  title: string;
  properties: Record<string, { description?: string; [keyword: string]: unknown }>;
  required?: string[];
  [keyword: string]: unknown;
}

/** Schemas by `<Type>.v<n>`, as `npm run generate` writes them. */
export type EventSchemas = ReadonlyMap<string, EventSchema>;

/** Every event type this software knows, with its schemas and upcasters; checked when it is built, that is at start-up. */
export class EventRegistry {
  private readonly infos = new Map<string, StoredEventInfo>();

  /** Throws, naming the event, where types collide, an upcaster or schema is missing, or two events give one field two types. */
  constructor(
    readonly classes: readonly Class[],
    private readonly schemas: EventSchemas,
  ) {
    for (const eventClass of classes) {
      const info = storedEventOf(eventClass);
      if (this.infos.has(info.type)) throw new Error(`Two event classes are stored as ${info.type}.`);
      this.infos.set(info.type, info);
      for (let version = 1; version < info.version; version++) {
        if (!info.upcasters[version]) throw new Error(`${info.type} has no upcaster from version ${version}.`);
      }
      for (let version = 1; version <= info.version; version++) this.schemaOf(info.type, version);
    }
    this.checkFields();
  }

  get types(): string[] {
    return [...this.infos.keys()];
  }

  knows(type: string, version: number): boolean {
    return Number.isInteger(version) && version >= 1 && version <= (this.infos.get(type)?.version ?? 0);
  }

  /** The payload in its newest version. Refuses with NEWER_SOFTWARE_NEEDED what this software does not know. */
  decode(type: string, version: number, payload: string): Record<string, unknown> {
    const info = this.infos.get(type);
    if (!info || !this.knows(type, version)) {
      throw new Refusal(
        'NEWER_SOFTWARE_NEEDED',
        `The log holds ${type} version ${version}, which this software does not know; run a newer one.`,
      );
    }
    let value = JSON.parse(payload) as Record<string, unknown>;
    for (let from = version; from < info.version; from++) value = info.upcasters[from](value);
    return value;
  }

  /** The current version of a type. Throws an Error if there is no such type. */
  versionOf(type: string): number {
    const info = this.infos.get(type);
    if (!info) throw new Error(`${type} is not registered.`);
    return info.version;
  }

  /** The schema of a version of a type. Throws an Error if there is none. */
  schemaOf(type: string, version: number): EventSchema {
    const schema = this.schemas.get(`${type}.v${version}`);
    if (!schema) throw new Error(`schemas/events/${type}.v${version}.json is missing; run npm run generate.`);
    return schema;
  }

  /** One field name has one type over all events: clients read `data` through a union. */
  private checkFields(): void {
    const seen = new Map<string, { type: string; schema: string }>();
    for (const info of this.infos.values()) {
      const schema = this.schemaOf(info.type, info.version);
      for (const [name, { description, ...property }] of Object.entries(schema.properties)) {
        const text = JSON.stringify({ property, required: schema.required?.includes(name) ?? false });
        const first = seen.get(name);
        if (first && first.schema !== text)
          throw new Error(`The field ${name} differs between ${first.type} and ${info.type}.`);
        if (!first) seen.set(name, { type: info.type, schema: text });
      }
    }
  }
}
