import { Injectable, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { jsonOf } from './json-of.js';
import { parseBounded } from './parse-bounded.js';

/** The door where input is parsed: inside, only typed values exist. Use as `@Body(parsed(Schema))`, `@Param(parsed(…))`, `@Query(parsed(…))`. */
export function parsed<Schema extends z.ZodType>(schema: Schema): PipeTransform<unknown, z.output<Schema>> {
  return new ParsedPipe(schema);
}

@Injectable()
class ParsedPipe<Schema extends z.ZodType> implements PipeTransform<unknown, z.output<Schema>> {
  constructor(private readonly schema: Schema) {}

  /** A body arrives as bytes (see body.ts), everything else as an object of strings. */
  transform(input: unknown): z.output<Schema> {
    const value = input instanceof Uint8Array ? jsonOf(input) : input;
    return parseBounded(this.schema, value ?? {});
  }
}
