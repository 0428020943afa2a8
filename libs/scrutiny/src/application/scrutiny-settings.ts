import { Injectable } from '@nestjs/common';
import { Clock, londonDate, type ConfigurationEntry } from '@app/kernel';
import { Calendars, Offices } from '@app/offices';
import { DueDays } from '../domain/due-days';
import type { ChainRule } from '../domain/notices/notice-chain';
import type { ScoringSheet } from '../domain/samples/scoring';

/** How an office oversees the force, from a day on. */
export interface ScrutinySettingsData {
  readonly firstNoticeMonths: number;
  readonly nextNoticeMonths: number;
  readonly nextNoticeFrom: ChainRule['nextFrom'];
  readonly updateDays: number;
  /** Whether the panel has given the office the receipt of complaints about the commissioner (R2.6). */
  readonly receivesForPanel: boolean;
  readonly schemeOfDelegation: string | null;
  readonly samplesAYear: number;
  readonly secondScorePercent: number;
  readonly meetingMonths: number;
}

export interface ListedCode {
  readonly key: string;
  readonly text: string;
}

type SettingsEntry = ConfigurationEntry<'scrutiny-settings', ScrutinySettingsData>;
type ListEntry = ConfigurationEntry<'scrutiny-list', { readonly name: string; readonly items: readonly ListedCode[] }>;
type SheetEntry = ConfigurationEntry<'dip-sample-sheet', ScoringSheet>;

/** The dated settings of oversight. */
@Injectable()
export class ScrutinySettings {
  constructor(
    private readonly offices: Offices,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  get now(): Date {
    return this.clock.now();
  }

  get today(): string {
    return londonDate(this.clock.now());
  }

  async of(office: string, on = this.today): Promise<ScrutinySettingsData> {
    const [entry] = await this.offices.inForce<SettingsEntry>('scrutiny-settings', office, on);
    if (!entry) throw new Error(`No scrutiny settings hold in ${office} on ${on}`);
    return entry.data;
  }

  async chainRule(office: string): Promise<ChainRule> {
    const { firstNoticeMonths, nextNoticeMonths, nextNoticeFrom } = await this.of(office);
    return { firstMonths: firstNoticeMonths, everyMonths: nextNoticeMonths, nextFrom: nextNoticeFrom };
  }

  /** `referral-criteria` or `panel-measures`, as they hold today. */
  async list(key: 'referral-criteria' | 'panel-measures', office: string): Promise<readonly ListedCode[]> {
    const entries = await this.offices.inForce<ListEntry>('scrutiny-list', office, this.today);
    return entries.find((entry) => entry.key === key)?.data.items ?? [];
  }

  async sheets(office: string): Promise<readonly (ScoringSheet & { readonly key: string })[]> {
    const entries = await this.offices.inForce<SheetEntry>('dip-sample-sheet', office, this.today);
    return entries.map(({ key, data }) => ({ key, ...data }));
  }

  async dueDays(): Promise<DueDays> {
    return new DueDays(await this.calendars.current());
  }
}
