const refuse = (): never => {
  throw new TypeError('This is frozen: a decision changes nothing that it is given.');
};

/** Freezes a value with all that it holds, maps and sets too. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map || value instanceof Set) {
    for (const [key, member] of value.entries()) {
      deepFreeze(key);
      deepFreeze(member);
    }
    Object.assign(value, value instanceof Map ? { set: refuse } : { add: refuse }, { delete: refuse, clear: refuse });
  }
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member as unknown);
  return value;
}
