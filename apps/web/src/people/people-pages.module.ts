import { Module } from '@nestjs/common';
import { PeopleController } from './people.controller';
import { TokenPagesController } from './tokens.controller';

@Module({ controllers: [PeopleController, TokenPagesController] })
export class PeoplePagesModule {}
