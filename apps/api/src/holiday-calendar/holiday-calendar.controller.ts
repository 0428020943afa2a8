import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Requires } from '@app/http';
import { holidayDivisions, type HolidayDivision } from '@app/kernel';
import { AddHoliday, Calendars } from '@app/offices';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsString, Length } from 'class-validator';

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

/** Bank holidays as they are known. A change makes a new version; open deadlines are counted again and say what moved. */
@ApiTags('Working days')
@Controller('api/v1/holiday-calendar')
export class HolidayCalendarController {
  constructor(
    private readonly calendars: Calendars,
    private readonly commands: CommandBus,
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
}
