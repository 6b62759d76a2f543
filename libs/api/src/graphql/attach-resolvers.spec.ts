import { buildSchema, type GraphQLObjectType } from 'graphql';
import { attachResolvers } from './attach-resolvers.js';

const schema = () => buildSchema('type Query { one: Int two: Int } type Subscription { ticks: Int }');
const fieldsOf = (of: ReturnType<typeof schema>, type: string) => (of.getType(type) as GraphQLObjectType).getFields();

describe('attachResolvers', () => {
  it('gives a field its resolver and leaves the others alone', () => {
    const one = () => 1;
    const fields = fieldsOf(attachResolvers(schema(), { Query: { one } }), 'Query');
    expect([fields.one.resolve, fields.two.resolve]).toEqual([one, undefined]);
  });

  it('gives a subscription its source', () => {
    const ticks = { subscribe: () => [1], resolve: (value: unknown) => value };
    expect(fieldsOf(attachResolvers(schema(), { Subscription: { ticks } }), 'Subscription').ticks).toMatchObject(ticks);
  });

  it.each([['Query.three'], ['Nothing.one']])('refuses a resolver for %s', (path) => {
    const [type, field] = path.split('.');
    expect(() => attachResolvers(schema(), { [type]: { [field]: () => 0 } })).toThrow(path);
  });
});
