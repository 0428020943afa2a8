import { Injectable } from '@nestjs/common';
import { CaseLetters, CaseRepository, CaseSettings } from '@app/casework';
import { dayInWords } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { clockOf } from '../domain/review-clock';
import type { ReviewState } from '../domain/review-state';
import { ReviewSettings } from './review-settings';

/** The force's Professional Standards Department, where papers are asked for and notices go. */
export const FORCE = 'force-psd';

/** The letters that go out of a review to the force and to parties. */
@Injectable()
export class ReviewLetters {
  constructor(
    private readonly cases: CaseRepository,
    private readonly letters: CaseLetters,
    private readonly casework: CaseSettings,
    private readonly settings: ReviewSettings,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** R1.50. Returns whether it could go by mail. */
  toForce(template: string, state: ReviewState, extra: Readonly<Record<string, string | null>> = {}): Promise<boolean> {
    return this.send(template, state, null, extra);
  }

  /** R1.50: an interested person or a person complained against. Returns whether it could go by mail. */
  async toParty(template: string, state: ReviewState, partyId: string): Promise<boolean> {
    const [party]: { name: string; email: string | null }[] = await this.unitOfWork.manager.query(
      `SELECT name, email FROM review_party WHERE id = $1 AND case_id = $2`,
      [partyId, state.id],
    );
    return party?.email ? this.send(template, state, { name: party.name, email: party.email }) : false;
  }

  private async send(
    template: string,
    state: ReviewState,
    party: { readonly name: string; readonly email: string } | null,
    extra: Readonly<Record<string, string | null>> = {},
  ): Promise<boolean> {
    const force = party === null ? await this.casework.destination(FORCE, state.office) : null;
    const to = party?.email ?? force?.data.email ?? null;
    if (to === null) return false;
    const caseFile = await this.cases.load(state.id);
    const dueOn = clockOf(state.clocks, 'papers')?.dueOn ?? null;
    const rendered = await this.letters.render(caseFile, template, {
      destinationName: party?.name ?? force?.data.name ?? null,
      forceReference: state.particulars.forceReference,
      papersWanted: await this.wanted(state),
      papersDueBy: dueOn === null ? null : dayInWords(dueOn),
      ...extra,
    });
    await this.letters.queue(caseFile, 'forward', { to_address: to, ...rendered }, { automatic: false });
    return true;
  }

  private async wanted(state: ReviewState): Promise<string | null> {
    const names = new Map((await this.settings.papers(state.office, null)).map(({ key, name }) => [key, name]));
    const missing = state.papers.filter(({ receivedOn }) => receivedOn === null);
    return missing.length === 0 ? null : missing.map(({ paper }) => `- ${names.get(paper) ?? paper}`).join('\n');
  }
}
