import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '@app/http';
import { currentCaller } from '@app/platform';
import { InvalidWorklistInput, SavedViews } from '@app/worklist';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from './worklist-choices';
import { mayShareViews, WorklistPages } from './worklist-page';
import { readState, stateQuery } from './worklist-query';

type Form = Readonly<Record<string, unknown>> | undefined;

/** Filters that somebody keeps under a name. */
@ApiExcludeController()
@Controller('staff/saved-views')
export class SavedViewsController {
  constructor(
    private readonly views: SavedViews,
    private readonly pages: WorklistPages,
  ) {}

  @Get()
  @Requires('case:read', { audit: null })
  async list(@Res() reply: FastifyReply): Promise<void> {
    const views = await this.views.list();
    await showStaffPage(reply, 'worklist/views/saved-views', {
      pageTitle: 'Saved views',
      hasDefault: views.some(({ isDefault }) => isDefault),
      views: views.map((view) => ({
        ...view,
        href: `/staff/cases?${view.query}`,
        officeInWords: view.office === null ? null : officeInWords(view.office),
      })),
    });
  }

  @Post()
  @Requires('case:read', { audit: null })
  async save(@Body() body: Form, @Res() reply: FastifyReply): Promise<void> {
    const query = Object.fromEntries(parametersOf(textOf(body?.query)));
    // Read and written again: a view holds nothing but what a worklist understands.
    const kept = stateQuery(readState(query, 'mine'));
    const { role, offices } = currentCaller();
    const office = mayShareViews(role) ? textOf(body?.office) : '';
    try {
      const id = await this.views.save(textOf(body?.name), kept, offices.includes(office) ? office : null);
      if (body?.isDefault === 'yes') await this.views.chooseDefault(id);
      return void reply.redirect(`/staff/cases?${kept}&notice=view-saved`, 303);
    } catch (error) {
      if (!(error instanceof InvalidWorklistInput)) throw error;
      await showStaffPage(reply.status(422), 'worklist/views/list', {
        ...(await this.pages.model(query)),
        viewName: textOf(body?.name),
        errors: [{ text: error.message, href: '#view-name' }],
        errorOf: { name: { text: error.message } },
      });
    }
  }

  @Post(':id/delete')
  @Requires('case:read', { audit: null })
  async remove(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.views.remove(id);
    return void reply.redirect('/staff/saved-views?notice=view-deleted', 303);
  }

  /** `none` for the list that everybody begins with. */
  @Post(':id/default')
  @Requires('case:read', { audit: null })
  async chooseDefault(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.views.chooseDefault(id === 'none' ? null : id);
    return void reply.redirect('/staff/saved-views?notice=saved', 303);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The parameters of an address, those named more than once as lists. */
export function parametersOf(query: string): Map<string, string | string[]> {
  const found = new Map<string, string | string[]>();
  const parameters = new URLSearchParams(query.slice(0, 8000));
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    found.set(name, values.length === 1 ? (values[0] ?? '') : values);
  }
  return found;
}
