import { Injectable, Logger } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { CountWork } from '@app/casework';
import { Clock, londonDate } from '@app/kernel';
import { StaffMail, UnusableMailAddress } from '@app/notifications';
import { Calendars, Offices } from '@app/offices';
import { Config, Consumer, Consumes, currentCaller, runAs, UnitOfWork } from '@app/platform';
import { CountDuePublications } from '@app/publication';
import { CountScrutinyDue } from '@app/scrutiny';
import { GetDueCases, ListDueCases } from '@app/timeliness';
import { digestLetter, type DigestContent, type DigestCount } from '../domain/digest-letter';
import { DIGEST_TIMER, DigestTimer } from './digest-timer';

interface Recipient {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly offices: readonly string[];
}

const MOST_CASES = 50;

/** On working days: tells managers what is late, and those who asked for it what of theirs is due. */
@Injectable()
@Consumes({ name: DIGEST_TIMER, queue: 'notifications', timers: [DIGEST_TIMER], attempts: 1000 })
export class SendDigests extends Consumer {
  readonly #logger = new Logger(SendDigests.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly mail: StaffMail,
    private readonly offices: Offices,
    private readonly calendars: Calendars,
    private readonly timer: DigestTimer,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    super();
  }

  async handle(): Promise<void> {
    const today = londonDate(this.clock.now());
    const calendar = await this.calendars.current();
    if (calendar.isWorkingDay(today, 'england-and-wales')) await this.send(today);
    await this.timer.again();
  }

  /** In the open transaction. Returns how many letters were queued; those of the day that are there stay alone. */
  async send(today: string): Promise<number> {
    let queued = 0;
    for (const recipient of await this.recipients(today)) {
      const [first = ''] = recipient.offices;
      const office = (await this.offices.all()).find(({ id }) => id === first);
      const [from] = office?.mailboxes ?? [];
      if (!office || from === undefined) continue;
      const { subject, body } = digestLetter(await this.content(recipient, today));
      try {
        const letter = { key: `${recipient.id} ${today}`, office: first, day: today, from, fromName: office.name };
        if (await this.mail.queue({ ...letter, kind: 'digest', to: recipient.email, subject, body })) queued++;
      } catch (error) {
        if (!(error instanceof UnusableMailAddress)) throw error;
        // Others still get theirs.
        this.#logger.warn('A person has an address that mail cannot be sent to: no daily mail for them');
      }
    }
    return queued;
  }

  private recipients(today: string): Promise<readonly Recipient[]> {
    return this.unitOfWork.manager.query(
      `SELECT p.id, p.email, min(r.role) AS role, array_agg(r.office ORDER BY r.office) AS offices
         FROM person p JOIN role_held r ON r.person_id = p.id LEFT JOIN digest_choice c ON c.person_id = p.id
        WHERE r.valid_from <= $1 AND (r.valid_to IS NULL OR r.valid_to >= $1)
          AND ((r.role = 'manager' AND c.wanted IS NOT FALSE)
               OR (r.role IN ('caseworker', 'review-manager') AND c.wanted))
        GROUP BY p.id ORDER BY p.id`,
      [today],
    );
  }

  private async content({ id, role, offices }: Recipient, today: string): Promise<DigestContent> {
    const { publicUrl } = this.config;
    const isManager = role === 'manager';
    const counts = isManager ? await this.counts({ id, role, offices }) : [];
    if (isManager) return { today, counts, cases: null, moreCases: false, publicUrl };
    const { items, nextCursor } = await this.queries.execute(
      new ListDueCases({ offices, person: id, limit: MOST_CASES }),
    );
    // Their own, so none is hidden from them.
    const cases = items.flatMap(({ reference, respondBy }) => (reference === null ? [] : [{ reference, respondBy }]));
    return { today, counts, cases, moreCases: nextCursor !== null, publicUrl };
  }

  private async counts({ id, role, offices }: Omit<Recipient, 'email'>): Promise<readonly DigestCount[]> {
    const report = await this.queries.execute(new GetDueCases(offices));
    const reader = { ...currentCaller(), actor: { kind: 'person', id }, role, offices, system: false } as const;
    // In the open transaction; the reader says whose offices are counted.
    const work = await runAs(reader, () => this.queries.execute(new CountWork()));
    const published = await this.queries.execute(new CountDuePublications(offices));
    const scrutiny = await runAs(reader, () => this.queries.execute(new CountScrutinyDue(offices)));
    const sum = (only: (count: (typeof report.counts)[number]) => boolean): number =>
      report.counts.filter(only).reduce((total, { cases }) => total + cases, 0);
    const total = (of: 'riskAlerts' | 'toApprove'): number => work.reduce((all, each) => all + each[of], 0);
    const late = (parts: Readonly<Record<string, string>>): string => {
      const query = new URLSearchParams(parts);
      for (const office of offices) query.append('office', office);
      query.set('asOf', report.asOf);
      return `/staff/figures/late/cases?${query.toString()}`;
    };
    return [
      { text: 'Overdue', count: sum(({ due }) => due === 'overdue'), href: late({ due: 'overdue' }) },
      { text: 'Due today', count: sum(({ due }) => due === report.today), href: late({ due: report.today }) },
      { text: 'Overdue or due in the next seven days', count: sum(() => true), href: late({}) },
      { text: 'Of these, nobody has', count: sum(({ person }) => person === null), href: late({ person: '' }) },
      { text: 'Risk alerts to confirm', count: total('riskAlerts'), href: '/staff/risk-alerts' },
      {
        text: 'Replies waiting for approval',
        count: total('toApprove'),
        href: '/staff/cases?tab=open&draft=submitted',
      },
      ...[
        { text: '12-month notices overdue', count: scrutiny.noticesOverdue, href: '/staff/scrutiny/notices' },
        {
          text: 'Updates overdue about complaints about the chief constable',
          count: scrutiny.updatesOverdue,
          href: '/staff/scrutiny/chief-constable',
        },
        // Most days there is none.
      ].filter(({ count }) => count > 0),
      ...(published.due === 0
        ? []
        : [{ text: 'Bulletins of the IOPC to publish', count: published.due, href: '/staff/publications' }]),
    ];
  }
}
