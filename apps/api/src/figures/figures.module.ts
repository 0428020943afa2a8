import { Module } from '@nestjs/common';
import { FiguresController } from './figures.controller';
import { ReviewFiguresController } from './review-figures.controller';

@Module({ controllers: [FiguresController, ReviewFiguresController] })
export class FiguresModule {}
