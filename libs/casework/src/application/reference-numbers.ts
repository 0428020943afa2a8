import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';

/** Gap-free numbers per office and year, given inside the transaction that uses them. */
@Injectable()
export class ReferenceNumbers {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Takes `count` numbers at once; returns the first. The counter stays locked until the transaction ends. */
  async take(office: string, year: number, count: number): Promise<number> {
    const [row]: { last_number: number }[] = await this.unitOfWork.manager.query(
      `INSERT INTO reference_counter (office, year, last_number) VALUES ($1, $2, $3)
       ON CONFLICT (office, year) DO UPDATE SET last_number = reference_counter.last_number + $3 RETURNING last_number`,
      [office, year, count],
    );
    return (row?.last_number ?? count) - count + 1;
  }
}
