import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Requires } from '@app/http';
import { holidayDivisions, type HolidayDivision } from '@app/kernel';
import { PreviewHolidays } from '@app/casework';
import { AddHoliday, Calendars, ImportHolidays, ProposeHolidays, ShowHolidayImport } from '@app/offices';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsObject, IsOptional, IsString, Length, MaxLength } from 'class-validator';

export class NewHoliday {
  @ApiProperty({ enum: holidayDivisions, isArray: true, example: ['england-and-wales'] })
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @IsIn(holidayDivisions, { each: true })
  divisions!: HolidayDivision[];

  @ApiProperty({ example: '2027-05-07' })
  @IsString()
  date!: string;

  @ApiProperty({ example: 'One-off bank holiday' })
  @IsString()
  @Length(1, 200)
  title!: string;
}

export class CalendarVersion {
  @ApiProperty({ example: 2 })
  version!: number;

  @ApiProperty({ example: '2028-12-31', nullable: true, type: String })
  lastKnownDay!: string | null;
}

export class NewHolidayImport {
  @ApiPropertyOptional({ type: Object, additionalProperties: true, description: 'The JSON that GOV.UK publishes' })
  @IsOptional()
  @IsObject()
  feed?: Record<string, unknown>;

  @ApiPropertyOptional({ example: 'https://www.gov.uk/bank-holidays.json', description: 'In place of `feed`' })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  url?: string;
}

export class ConfirmHolidayImport {
  @ApiProperty({ example: 'GOV.UK published 2028' })
  @IsString()
  @MaxLength(1000)
  reason!: string;
}

class HolidayAnswer {
  @ApiProperty({ enum: holidayDivisions }) division!: HolidayDivision;
  @ApiProperty({ format: 'date' }) date!: string;
  @ApiProperty() title!: string;
}

class MovingDeadlineAnswer {
  @ApiProperty({ type: String, nullable: true, description: 'null: a case that you may not know of' })
  reference!: string | null;
  @ApiProperty() office!: string;
  @ApiProperty() clock!: string;
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty({ format: 'date' }) to!: string;
}

export class HolidayImportAnswer {
  @ApiProperty() id!: string;
  @ApiProperty() source!: string;
  @ApiProperty({ type: 'integer', description: 'The version that it is compared with' }) baseVersion!: number;
  @ApiProperty({ type: [HolidayAnswer] }) added!: readonly HolidayAnswer[];
  @ApiProperty({ type: [HolidayAnswer] }) removed!: readonly HolidayAnswer[];
  @ApiProperty({ type: [HolidayAnswer] }) renamed!: readonly HolidayAnswer[];
  @ApiProperty({ type: 'integer', description: 'Running deadlines of your offices' }) counted!: number;
  @ApiProperty({ type: [MovingDeadlineAnswer] }) moving!: readonly MovingDeadlineAnswer[];
}

/** Bank holidays as they are known. A change makes a new version; open deadlines are counted again and say what moved. */
@ApiTags('Working days')
@Controller('api/v1/holiday-calendar')
export class HolidayCalendarController {
  constructor(
    private readonly calendars: Calendars,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('working-days:read', { audit: null })
  @ApiOperation({ summary: 'The version in force and the last day it knows' })
  @ApiOkResponse({ type: CalendarVersion })
  async show(): Promise<CalendarVersion> {
    const calendar = await this.calendars.current();
    return { version: calendar.version, lastKnownDay: calendar.lastKnownDay('england-and-wales') };
  }

  @Post('holidays')
  @HttpCode(201)
  @Requires('configuration:write', { audit: null })
  @ApiOperation({ summary: 'Add a bank holiday, such as a one-off day proclaimed' })
  async add(@Body() { divisions, date, title }: NewHoliday): Promise<{ version: number }> {
    return { version: await this.commands.execute(new AddHoliday(divisions, date, title)) };
  }

  @Post('imports')
  @HttpCode(201)
  @Requires('configuration:write', { audit: null })
  @ApiOperation({
    summary: "Propose GOV.UK's list, and see which running deadlines it would move",
    description: 'Nothing is in force before it is confirmed. Any administrator may: a bank holiday is a fact of law.',
  })
  @ApiOkResponse({ type: HolidayImportAnswer })
  async propose(@Body() { feed, url }: NewHolidayImport): Promise<HolidayImportAnswer> {
    const source = feed ? { text: JSON.stringify(feed), name: 'sent to the API' } : { url: url ?? '' };
    return this.proposal(await this.commands.execute(new ProposeHolidays(source)));
  }

  @Get('imports/:id')
  @Requires('configuration:write', { audit: null })
  @ApiOperation({ summary: 'A proposed calendar, compared with the one in force' })
  @ApiOkResponse({ type: HolidayImportAnswer })
  async proposal(@Param('id') id: string): Promise<HolidayImportAnswer> {
    const view = await this.queries.execute(new ShowHolidayImport(id));
    const { source, baseVersion, added, removed, renamed, holidays } = view;
    const preview = await this.queries.execute(new PreviewHolidays(holidays));
    return { id, source, baseVersion, added, removed, renamed, ...preview };
  }

  @Post('imports/:id/confirm')
  @HttpCode(200)
  @Requires('configuration:write', { audit: null })
  @ApiOperation({ summary: 'Put a proposed calendar in force, as a new version' })
  async confirm(@Param('id') id: string, @Body() { reason }: ConfirmHolidayImport): Promise<{ version: number }> {
    return { version: await this.commands.execute(new ImportHolidays(id, reason)) };
  }
}
