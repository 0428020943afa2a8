import { Injectable } from '@nestjs/common';
import type { HolidayCalendar } from '@app/kernel';
import { checkEligibility, type Eligibility } from '../domain/eligibility/eligibility';
import { nonWorkingDays, type EligibilityFacts } from '../domain/eligibility/eligibility-facts';
import type { Assessment, Particulars } from '../domain/review-state';
import { ReviewSettings } from './review-settings';

/** Something that the law's tests need and that is not known yet: a discretion, never a rejection (R1.10). */
export type UnknownParticular = 'recordedUnderSchedule3' | 'handling' | 'finalised' | 'applicant' | 'writtenConsent';

export interface AssessedParticulars {
  readonly eligibility: Eligibility;
  /** Taken in favour of the applicant until they are known. */
  readonly unknown: readonly UnknownParticular[];
  readonly assessment: Assessment;
}

/** Puts the particulars of a review to the law's tests. */
@Injectable()
export class Assessments {
  constructor(private readonly settings: ReviewSettings) {}

  /** @throws InvalidEligibilityFacts where the particulars contradict each other. */
  async assess(particulars: Particulars, receivedOn: string, office: string): Promise<AssessedParticulars> {
    return assessParticulars(particulars, receivedOn, office, await this.settings.calendar());
  }
}

/** The same with a calendar that is at hand. @throws InvalidEligibilityFacts */
export function assessParticulars(
  particulars: Particulars,
  receivedOn: string,
  office: string,
  calendar: HolidayCalendar,
): AssessedParticulars {
  const eligibility = checkEligibility(toFacts(particulars, receivedOn), {
    ownForce: office,
    isNonWorkingDay: nonWorkingDays(calendar),
  });
  const { validity, obstacles, relevantBody, inTime, lastDay, madeOn, rulesVersion } = eligibility;
  return {
    eligibility,
    unknown: unknownOf(particulars),
    assessment: { validity, obstacles: [...obstacles], relevantBody, inTime, lastDay, madeOn, rulesVersion },
  };
}

function toFacts(particulars: Particulars, receivedOn: string): EligibilityFacts {
  const { recordedUnderSchedule3, handling, finalised, applicant, writtenConsent, ...known } = particulars;
  return {
    ...known,
    receivedOn,
    recordedUnderSchedule3: recordedUnderSchedule3 ?? true,
    handling: handling ?? 'otherwise-than-by-investigation',
    finalised: finalised ?? true,
    applicant: applicant ?? 'complainant',
    writtenConsent: applicant === 'representative' ? (writtenConsent ?? true) : writtenConsent,
  };
}

function unknownOf(particulars: Particulars): UnknownParticular[] {
  const asked: UnknownParticular[] = ['recordedUnderSchedule3', 'handling', 'finalised', 'applicant'];
  const unknown = asked.filter((name) => particulars[name] === null);
  const lacksConsent = particulars.applicant === 'representative' && particulars.writtenConsent === null;
  return lacksConsent ? [...unknown, 'writtenConsent'] : unknown;
}
