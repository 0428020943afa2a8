import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { MOST_ATTACHMENTS } from '@app/http';
import { IsBase64Content, IsContentType, IsInstant, IsMailAddress, MaxBytes } from '../input/field-checks';

export const CHANNELS = ['email', 'web-form', 'phone', 'letter', 'in-person', 'social-media', 'event'] as const;
export const CAPACITIES = [
  'member-of-public',
  'mp',
  'councillor',
  'parish-council',
  'victim',
  'officer',
  'media',
  'organisation',
] as const;

/** RFC 5322, 2.1.1 */
const LONGEST_SUBJECT = 998;
const LARGEST_BODY_TEXT = 1024 * 1024;

export class CorrespondentBody {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200, example: 'Asha Ferris' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, format: 'email', example: 'asha.ferris@post.example' })
  @IsOptional()
  @IsMailAddress()
  email?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 40, example: '01632 960123' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 12, example: 'ZZ99 3WZ' })
  @IsOptional()
  @IsString()
  @MaxLength(12)
  postcode?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200, example: 'Bramblewick Parish Council' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  organisation?: string | null;

  @ApiPropertyOptional({ enum: CAPACITIES, nullable: true, description: 'Without it: member-of-public.' })
  @IsOptional()
  @IsIn(CAPACITIES)
  capacity?: (typeof CAPACITIES)[number] | null;
}

export class AttachmentBody {
  @ApiProperty({
    maxLength: 1000,
    description: 'Kept without folders, control characters and the like; never refused for what it is called.',
    example: 'photograph of the lane.jpg',
  })
  @IsString()
  @MaxLength(1000)
  filename!: string;

  @ApiProperty({ example: 'image/jpeg' })
  @IsContentType()
  contentType!: string;

  @ApiProperty({ format: 'byte', example: '/9j/4AAQSkZJRg==' })
  @IsBase64Content()
  contentBase64!: string;
}

export class LogCorrespondenceBody {
  @ApiProperty({ enum: CHANNELS, description: 'How it reached the office.' })
  @IsIn(CHANNELS)
  channel!: (typeof CHANNELS)[number];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'When it arrived: post by its date stamp. Without it: now.',
    example: '2026-04-07T09:30:00Z',
  })
  @IsOptional()
  @IsInstant()
  receivedAt?: string | null;

  @ApiProperty({ maxLength: LONGEST_SUBJECT, example: 'Speeding past the school' })
  @IsString()
  @MaxLength(LONGEST_SUBJECT)
  subject!: string;

  @ApiProperty({
    description: 'What was written or said, up to 1 MB.',
    example: 'Cars come down Orchard Lane at forty every morning. Could somebody look at it?',
  })
  @IsString()
  @MaxBytes(LARGEST_BODY_TEXT)
  body!: string;

  @ApiProperty({ type: CorrespondentBody, description: 'As much as is known; an empty object for nobody known.' })
  @IsObject()
  @ValidateNested()
  @Type(() => CorrespondentBody)
  correspondent!: CorrespondentBody;

  @ApiPropertyOptional({ type: [AttachmentBody], maxItems: MOST_ATTACHMENTS })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_ATTACHMENTS)
  @ValidateNested({ each: true })
  @Type(() => AttachmentBody)
  attachments?: AttachmentBody[] | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'One of the caller’s offices; without it, the first of them.',
    example: 'west-mercia',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  office?: string | null;
}
