import type { Readable } from 'node:stream';
import { ImportQuery, type RvtoolsReceipt } from '@lunwarden/contract';
import { Controller, Query } from '@nestjs/common';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { type Principal, Who } from '../http/principal.js';
import { ImportsService } from './imports.service.js';
import { Upload } from './upload.js';

@Controller()
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Door('importRvtools')
  rvtools(
    @Query(parsed(ImportQuery)) query: ImportQuery,
    @Upload() upload: Readable,
    @Who() who: Principal,
  ): Promise<RvtoolsReceipt> {
    return this.imports.rvtools(upload, { query, by: who.kind === 'user' ? who.username : 'nobody' });
  }
}
