import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Find = Storage['getTargetValidationMetadatas'];

/**
 * Lets class-validator find the validators of a class once: by itself it looks through those of every class there is, for each
 * object that it validates, and there are some hundred input classes. What a class has is settled when it is declared; with
 * groups, which nothing here uses, it is looked for each time.
 */
export function rememberValidators(storage: Storage = getMetadataStorage()): void {
  const find: Find = storage.getTargetValidationMetadatas.bind(storage);
  /** By class, then by the name of the class that the object stands in, which class-validator gives as a schema. */
  const known = new WeakMap<object, Map<string, ReturnType<Find>>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (always || strictGroups || groups) return find(target, schema, always, strictGroups, groups);
    let ofClass = known.get(target);
    if (!ofClass) known.set(target, (ofClass = new Map<string, ReturnType<Find>>()));
    let validators = ofClass.get(schema ?? '');
    if (!validators) ofClass.set(schema ?? '', (validators = find(target, schema, always, strictGroups, groups)));
    return validators;
  };
}
