import { Kind, type ObjectFieldNode, type ValueNode } from 'graphql';

/** A variable inside an argument, to be filled in for each request. */
export class VariableUse {
  constructor(readonly name: string) {}
}

/** A bare name inside an argument: an enum's value, and nothing else's. */
export class BareName {
  constructor(readonly name: string) {}
}

/** An argument as written in a document, as the JSON a client would have sent in a variable, with `VariableUse` and `BareName` in it. */
export function templateOf(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return new VariableUse(node.name.value);
    case Kind.ENUM:
      return new BareName(node.value);
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map(templateOf);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }: ObjectFieldNode) => [name.value, templateOf(value)]));
    default:
      return node.value;
  }
}
