import { Injectable } from '@nestjs/common';
import { addDays, Clock, dayInWords, isDay, londonDate, type FieldError } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { applyVersions, changeFrom, endAfter, saysTheSame, type PeriodVersion } from '../domain/dated-periods';
import { checkData } from '../kinds/check-data';
import { configurationKind, type ConfigurationKind } from '../kinds/configuration-kinds';
import { KEY } from '../kinds/field-rules';
import type { Chain, ConfigurationAction } from './chain';
import {
  ConfigurationChangedMeanwhile,
  ConfigurationInUse,
  ConfigurationNotFound,
  InvalidConfiguration,
  SharedConfigurationRefused,
} from './configuration.errors';
import { ConfigurationChecks } from './configuration-checks';
import { ConfigurationRows } from './configuration-rows';
import { ReferenceChecks } from './reference-checks';

const LAST_DAY = '2200-12-31';
const LONGEST_REASON = 1000;

/** Which entry a decision is about. `office` null: the one that all offices share. */
export interface EntryTarget {
  readonly kind: string;
  readonly key: string;
  readonly office: string | null;
  /** The version that was looked at; 0 for an entry that does not exist yet. */
  readonly expectedVersion: number;
  readonly reason: string;
}

interface Opened {
  readonly kind: ConfigurationKind;
  readonly chain: Chain | null;
  readonly today: string;
}

/** Decides about configuration: only from today on, with a reason, by who may, and only what leaves it consistent. */
@Injectable()
export class ConfigurationEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: ConfigurationRows,
    private readonly checks: ConfigurationChecks,
    private readonly references: ReferenceChecks,
    private readonly clock: Clock,
  ) {}

  /** Says something else from a day on; the first time, adds the entry. Returns the new version. */
  change(target: EntryTarget, from: string | null, data: unknown, lastDay: string | null): Promise<number> {
    return this.unitOfWork.run(async () => {
      const opened = await this.open(target);
      return this.say(target, opened, opened.chain ? 'change' : 'add', from, data, lastDay);
    });
  }

  /** Says again what an earlier version said. */
  revert(target: EntryTarget, version: number, from: string | null): Promise<number> {
    return this.unitOfWork.run(async () => {
      const opened = await this.open(target);
      const earlier = opened.chain?.revisions.find((each) => each.version === version);
      if (!opened.chain) throw new ConfigurationNotFound();
      if (!earlier) throw new InvalidConfiguration([{ pointer: '/version', message: 'there is no such version' }]);
      return this.say(target, opened, 'revert', from, earlier.data, null);
    });
  }

  /** Lets it hold until a day and no longer. */
  end(target: EntryTarget, lastDay: string): Promise<number> {
    return this.unitOfWork.run(async () => {
      const opened = await this.open(target);
      const error = dayError('/lastDay', lastDay, opened.today);
      if (error) throw new InvalidConfiguration([error]);
      return this.stop(target, opened, 'end', lastDay);
    });
  }

  /** Takes it out from today on, with all that was planned. What held before stays as it was. */
  retire(target: EntryTarget): Promise<number> {
    return this.unitOfWork.run(async () => {
      const opened = await this.open(target);
      return this.stop(target, opened, 'retire', addDays(opened.today, -1));
    });
  }

  private async open(target: EntryTarget): Promise<Opened> {
    const kind = configurationKind(target.kind);
    if (!kind) throw new ConfigurationNotFound();
    await this.mayDecide(target);
    await this.rows.lock();
    const chain = (await this.rows.chains(kind.kind, target.key)).find((each) => each.office === target.office) ?? null;
    if ((chain?.version ?? 0) !== target.expectedVersion) {
      if (target.expectedVersion > 0 && !chain) throw new ConfigurationNotFound();
      throw new ConfigurationChangedMeanwhile();
    }
    return { kind, chain, today: londonDate(this.clock.now()) };
  }

  /** @throws ConfigurationNotFound for other offices' entries, SharedConfigurationRefused for those of all offices. */
  private async mayDecide({ kind, key, office, expectedVersion }: EntryTarget): Promise<void> {
    const { offices, system } = currentCaller();
    if (system) return;
    const isNewOffice = kind === 'office' && expectedVersion === 0 && office === key;
    if (office !== null && !isNewOffice) {
      if (!offices.includes(office)) throw new ConfigurationNotFound();
      return;
    }
    const all = await this.references.offices();
    if (!all.every((each) => offices.includes(each))) throw new SharedConfigurationRefused();
  }

  private async say(
    target: EntryTarget,
    { kind, chain, today }: Opened,
    action: ConfigurationAction,
    from: string | null,
    data: unknown,
    lastDay: string | null,
  ): Promise<number> {
    const first = from ?? today;
    const basic = [
      ...targetErrors(kind, target),
      ...reasonErrors(target.reason),
      dayError('/validFrom', first, today),
      lastDay === null ? null : dayError('/validTo', lastDay, first),
      ...checkData(kind, data),
    ].filter((error) => error !== null);
    if (basic.length > 0) throw new InvalidConfiguration(basic);
    const periods = chain?.periods ?? [];
    if (saysTheSame(periods, first, data)) {
      throw new InvalidConfiguration([
        { pointer: '/data', message: `is what it says on ${dayInWords(first)} already` },
      ]);
    }
    const versions = changeFrom(periods, first, data, lastDay);
    const { kind: kindName, key, office } = target;
    const proposed = { kind: kindName, key, office, validFrom: first, data };
    const errors = [
      ...(await this.checks.wrongWith(proposed)),
      ...(await this.references.errorsOf(target, applyVersions(periods, versions), today)),
    ];
    if (errors.length > 0) throw new InvalidConfiguration(errors);
    return this.write(target, action, versions);
  }

  private async stop(
    target: EntryTarget,
    { chain, today }: Opened,
    action: 'end' | 'retire',
    lastDay: string,
  ): Promise<number> {
    if (!chain) throw new ConfigurationNotFound();
    const errors = reasonErrors(target.reason);
    const versions = endAfter(chain.periods, lastDay);
    if (versions.length === 0) errors.push({ pointer: '/lastDay', message: 'it ends by then already' });
    if (errors.length > 0) throw new InvalidConfiguration(errors);
    const { kind, key, office } = target;
    const uses = [
      ...(await this.references.usesOf(target, applyVersions(chain.periods, versions), today)),
      ...(await this.checks.neededBy({ kind, key, office, lastDay, today })),
    ];
    if (uses.length > 0) throw new ConfigurationInUse(uses);
    return this.write(target, action, versions);
  }

  private write(
    { kind, key, office, reason }: EntryTarget,
    action: ConfigurationAction,
    versions: readonly PeriodVersion[],
  ): Promise<number> {
    return this.rows.write({ kind, key, office, action, reason: reason.trim(), versions });
  }
}

function targetErrors({ kind, mayBeShared }: ConfigurationKind, { key, office }: EntryTarget): FieldError[] {
  const errors: FieldError[] = [];
  if (!KEY.test(key) || key.length > 80) {
    errors.push({ pointer: '/key', message: 'must be small letters, digits and hyphens, such as force-contact' });
  }
  if (office === null && !mayBeShared) errors.push({ pointer: '/office', message: 'must be one of your offices' });
  if (kind === 'office' && office !== key)
    errors.push({ pointer: '/office', message: 'must be the key of the office' });
  return errors;
}

function reasonErrors(reason: string): FieldError[] {
  if (reason.trim() === '') return [{ pointer: '/reason', message: 'must say why, for those who look later' }];
  return reason.length > LONGEST_REASON
    ? [{ pointer: '/reason', message: `must have at most ${String(LONGEST_REASON)} characters` }]
    : [];
}

function dayError(pointer: string, day: string, earliest: string): FieldError | null {
  if (!isDay(day)) return { pointer, message: 'must be a day that exists, as YYYY-MM-DD' };
  if (day > LAST_DAY) return { pointer, message: `must not be after ${dayInWords(LAST_DAY)}` };
  if (day >= earliest) return null;
  return { pointer, message: `must be ${dayInWords(earliest)} or later: what held before is never rewritten` };
}
