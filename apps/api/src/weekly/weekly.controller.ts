import { routes, type WeeklyListItem, type WeeklyReport } from '@lunwarden/contract';
import { renderCsv, renderHtml } from '@lunwarden/report';
import { Controller, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { isPreview } from './snapshot-of.js';
import { WeeklyService } from './weekly.service.js';

const Week = routes.weekly.params;
type Week = z.infer<typeof Week>;

/** The page brings its styles along and nothing else; opened from here it may not even run as one of our pages. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

@Controller()
export class WeeklyController {
  constructor(private readonly service: WeeklyService) {}

  @Door('listWeekly')
  list(): Promise<WeeklyListItem[]> {
    return this.service.list();
  }

  @Door('weekly')
  weekly(@Param(parsed(Week)) { week }: Week): Promise<WeeklyReport> {
    return this.service.report(week);
  }

  @Door('weeklyHtml')
  async html(@Param(parsed(Week)) { week }: Week, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const report = await this.service.report(week);
    reply.type('text/html; charset=utf-8').header('content-security-policy', pagePolicy);
    attach(reply, report, 'html');
    return renderHtml(report);
  }

  @Door('weeklyCsv')
  async csv(@Param(parsed(Week)) { week }: Week, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const report = await this.service.report(week);
    reply.type('text/csv; charset=utf-8; header=present');
    attach(reply, report, 'csv');
    return renderCsv(report);
  }
}

/** A file of a week that is still open must not be taken for the final one. */
function attach(reply: FastifyReply, { snapshot }: WeeklyReport, extension: 'html' | 'csv'): void {
  const name = `lunwarden-weekly_${snapshot.week}${isPreview(snapshot) ? '-preview' : ''}.${extension}`;
  reply.header('content-disposition', `attachment; filename="${name}"`);
}
