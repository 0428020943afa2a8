import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Requires } from '@app/http';
import type { FastifyReply } from 'fastify';
import { showStaffPage } from '../staff/staff-page';
import { reviewPath } from './review-path';
import { ReviewPages } from './review-page';

const PARTS = { overview: '', papers: 'papers', findings: 'findings', decision: 'decision' } as const;
type Part = keyof typeof PARTS;

/** The pages of one review. */
@ApiExcludeController()
@Controller('staff/reviews/:reference')
export class ReviewController {
  constructor(private readonly pages: ReviewPages) {}

  @Get()
  @Requires('review:read', { audit: null })
  overview(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    return this.show(reply, reference, 'overview');
  }

  @Get('papers')
  @Requires('review:read', { audit: null })
  papers(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    return this.show(reply, reference, 'papers');
  }

  @Get('findings')
  @Requires('review:read', { audit: null })
  findings(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    return this.show(reply, reference, 'findings');
  }

  @Get('decision')
  @Requires('review:read', { audit: null })
  decision(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    return this.show(reply, reference, 'decision');
  }

  private async show(reply: FastifyReply, reference: string, part: Part): Promise<void> {
    const model = await this.pages.of(reference);
    await showStaffPage(reply, `reviews/views/${part}`, {
      ...model,
      pageTitle: `${part.charAt(0).toUpperCase()}${part.slice(1)} of the review ${model.view.state.reference}`,
      isWide: true,
      tabs: reviewTabs(model.view.state.reference, PARTS[part]),
    });
  }
}

/** The parts of a review, for its navigation; `part` as in its address. */
export function reviewTabs(reference: string, part: string): readonly object[] {
  const tab = (text: string, at: string): object => ({
    text,
    href: reviewPath({ reference }, at),
    active: at === part,
  });
  return [
    tab('Overview', ''),
    tab('Application', 'eligibility'),
    tab('Papers', 'papers'),
    tab('Findings', 'findings'),
    tab('Decision', 'decision'),
    tab('Recommendations', 'recommendations'),
    { text: 'Correspondence', href: `/staff/cases/${reference}`, active: false },
  ];
}
