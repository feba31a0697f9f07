import { Injectable, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { InvalidInput } from './invalid-input.js';

/** The door where input is parsed: inside, only typed values exist. Use as `@Body(parsed(Schema))`, `@Param(parsed(…))`, `@Query(parsed(…))`. */
export function parsed<Schema extends z.ZodType>(schema: Schema): PipeTransform<unknown, z.output<Schema>> {
  return new ParsedPipe(schema);
}

@Injectable()
class ParsedPipe<Schema extends z.ZodType> implements PipeTransform<unknown, z.output<Schema>> {
  constructor(private readonly schema: Schema) {}

  transform(input: unknown): z.output<Schema> {
    const result = this.schema.safeParse(input ?? {});
    if (result.success) return result.data;
    throw new InvalidInput(result.error.issues);
  }
}
