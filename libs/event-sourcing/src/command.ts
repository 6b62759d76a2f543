import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional, Length, Matches, type ValidationOptions } from 'class-validator';
import { type Class } from './event.js';
import { IsShown } from './shown.js';
import { type CommandFields } from './slice.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUID in lower case: the ids of cases, records and events. */
export const IsId = (options?: ValidationOptions): PropertyDecorator =>
  Matches(UUID, { message: `${options?.each ? 'each' : 'it'} must be a UUID in lower case`, ...options });

/** The fields every command has. A command's class is its GraphQL input type. */
@InputType({ isAbstract: true })
export abstract class Command implements CommandFields {
  @Field(() => ID, {
    description:
      'Your own id of this command, 1-200 characters. Sent again with the same content it is answered with the first result and changes nothing.',
  })
  @Length(1, 200)
  @IsShown()
  commandId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Ties together what belongs to one undertaking, 1-200 characters. Default: the commandId.',
  })
  @IsOptional()
  @Length(1, 200)
  @IsShown()
  correlationId?: string | null;
}

const descriptions = new WeakMap<Class, string>();

/** Makes a command's class the GraphQL input type `<Class>Input`; the description is the mutation's too. */
export function CommandInput(description: string): (target: Class) => void {
  return (target) => {
    descriptions.set(target, description);
    InputType(`${target.name}Input`, { description })(target as never);
  };
}

/** What `@CommandInput` says of a command. */
export function commandDescription(command: Class): string {
  const description = descriptions.get(command);
  if (description === undefined) throw new Error(`${command.name} is not marked with @CommandInput.`);
  return description;
}
