import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@app/http';
import { Calendars } from '@app/offices';
import { checkEligibility, nonWorkingDays, type Eligibility } from '@app/reviews';
import { EligibilityAnswer } from './eligibility.answer';
import { EligibilityBody, toEligibilityFacts } from './eligibility.body';

@ApiTags('Reviews')
@Controller('api/v1/reviews')
export class EligibilityController {
  constructor(private readonly calendars: Calendars) {}

  @Post('eligibility')
  @HttpCode(200)
  @Requires('review:read', { audit: null })
  @ApiOperation({
    summary: 'Test an application for a complaint review against the law',
    description:
      'A dry run: nothing is stored. Says whether the right to a review exists, who must decide it and whether it is ' +
      'in time, each with its rule. It decides nothing: what the office may decide is in `discretion`.',
  })
  @ApiOkResponse({ type: EligibilityAnswer })
  async check(@Body() body: EligibilityBody): Promise<Eligibility> {
    const calendar = await this.calendars.current();
    return checkEligibility(toEligibilityFacts(body), { isNonWorkingDay: nonWorkingDays(calendar) });
  }
}
