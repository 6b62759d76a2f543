/** Stands in for @nestjs/graphql in pure specs: decorators that do nothing. */
const decorator = (): (() => void) => () => undefined;
export const Field = decorator,
  InputType = decorator,
  ObjectType = decorator,
  ArgsType = decorator;
export const ID = String,
  Int = Number,
  Float = Number;
export const registerEnumType = () => undefined;
