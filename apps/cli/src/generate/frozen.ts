import { type EventSchema } from '#event-sourcing/registry.js';

/** What makes `now` unfit for payloads stored under `before`, in words; empty if they are compatible: optional fields and enum values may come. */
export function brokenPromises(before: object, now: object, path = ''): string[] {
  const one = before as Partial<EventSchema> & { items?: object; enum?: string[]; type?: string };
  const two = now as typeof one;
  const at = path || 'the payload';
  if (one.type !== two.type) return [`${at} was ${one.type ?? 'an enum'} and is ${two.type ?? 'an enum'}`];
  const broken: string[] = [];
  for (const value of one.enum ?? []) if (!two.enum?.includes(value)) broken.push(`${at} lost the value ${value}`);
  if (one.items && two.items) broken.push(...brokenPromises(one.items, two.items, `${path}[]`));
  for (const [name, property] of Object.entries(one.properties ?? {})) {
    const other = two.properties?.[name];
    const field = path ? `${path}.${name}` : name;
    if (!other) broken.push(`${field} is gone`);
    else broken.push(...brokenPromises(property, other, field));
  }
  const wasRequired = new Set(one.required ?? []);
  const isRequired = new Set(two.required ?? []);
  for (const name of isRequired)
    if (!wasRequired.has(name)) broken.push(`${name} of ${at} was not required and is now`);
  for (const name of wasRequired)
    if (!isRequired.has(name)) broken.push(`${name} of ${at} was required and is not now`);
  return broken;
}
