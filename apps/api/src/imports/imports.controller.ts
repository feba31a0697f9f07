import { ImportQuery, type RvtoolsReceipt } from '@lunwarden/contract';
import { Controller, Query } from '@nestjs/common';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { type Principal, Who } from '../http/principal.js';
import { type IncomingFile, UploadedFile } from '../http/upload.js';
import { ImportsService } from './imports.service.js';

@Controller()
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Door('importRvtools')
  rvtools(
    @Query(parsed(ImportQuery)) query: ImportQuery,
    @UploadedFile() file: IncomingFile,
    @Who() who: Principal,
  ): Promise<RvtoolsReceipt> {
    return this.imports.rvtools(file.content, { query, by: who.kind === 'user' ? who.username : 'nobody' });
  }
}
