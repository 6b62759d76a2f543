import { type Class } from '#event-sourcing/event.js';
import { EventRegistry, type EventSchema, type EventSchemas } from '#event-sourcing/registry.js';

/** Schemas that let any payload through, for whatever type they are asked for. */
export const permissiveSchemas: EventSchemas = new (class extends Map<string, EventSchema> {
  override get(title: string): EventSchema {
    if (!this.has(title)) this.set(title, { title, type: 'object', properties: {} });
    return super.get(title)!;
  }
})();

export const permissiveRegistry = (...classes: Class[]): EventRegistry => new EventRegistry(classes, permissiveSchemas);

/** The schema of an object with these properties, all of them required. */
export const objectSchema = (title: string, properties: Record<string, Record<string, unknown>>): EventSchema => ({
  title,
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
