import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';

/**
 * Hands what a resolver threw to GraphQL as it is, where it is told to clients or masked and reported once; Nest's own
 * filter would log every refusal with its stack. Elsewhere Nest's filter does its work.
 */
@Catch()
export class ResolverErrors extends BaseExceptionFilter implements ExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') throw error;
    return super.catch(error, host);
  }
}
