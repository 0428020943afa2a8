import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PERMISSIONS, ROLES, type Permission, type Role } from '@app/access';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';

export class NewToken {
  @ApiProperty({ example: 'Website contact form', description: 'What it is for; shown in the list of tokens' })
  @IsString()
  @Length(1, 200)
  label!: string;

  @ApiProperty({ enum: ROLES, example: 'service' })
  @IsIn(ROLES)
  role!: Role;

  @ApiProperty({ type: [String], example: ['west-mercia'], description: 'Offices that you administer' })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  offices!: string[];

  @ApiPropertyOptional({
    enum: PERMISSIONS,
    isArray: true,
    example: ['case:log'],
    description: 'What it may do of what its role may. Left out: everything',
  })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  permissions?: Permission[];

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 3650, example: 90 })
  @IsInt()
  @Min(1)
  @Max(3650)
  expiresInDays!: number;
}

export class MintedToken {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'pb_…', description: 'Shown in this answer and never again' })
  token!: string;
}

export class TokenSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Website contact form' })
  label!: string;

  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty({ type: [String], example: ['west-mercia'] })
  offices!: readonly string[];

  @ApiProperty({
    enum: PERMISSIONS,
    isArray: true,
    nullable: true,
    description: 'Null: everything that its role may do',
  })
  permissions!: readonly Permission[] | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  revokedAt!: string | null;
}

export class TokenPage {
  @ApiProperty({ type: [TokenSummary] })
  items!: readonly TokenSummary[];

  @ApiProperty({ nullable: true, type: String })
  nextCursor!: string | null;
}
