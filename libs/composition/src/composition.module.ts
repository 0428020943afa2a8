import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule, accessContext } from '@app/access';
import { AssuranceModule, assuranceContext } from '@app/assurance';
import { CaseworkModule, caseworkContext } from '@app/casework';
import { DocumentsModule, documentsContext } from '@app/documents';
import { FollowModule, followContext } from '@app/follow';
import { IntakeModule, intakeContext } from '@app/intake';
import { NotificationsModule, notificationsContext } from '@app/notifications';
import { OfficesModule, officesContext } from '@app/offices';
import { OversightModule, oversightContext } from '@app/oversight';
import { PlatformModule, type Config } from '@app/platform';
import { ReviewFiguresModule, reviewFiguresContext } from '@app/review-figures';
import { PublicationModule, publicationContext } from '@app/publication';
import { reviewApplicationsContext, ReviewApplicationsModule, ReviewsModule, reviewsContext } from '@app/reviews';
import { ScanningModule } from '@app/scanning';
import { ScrutinyModule, scrutinyContext } from '@app/scrutiny';
import { TimelinessModule, timelinessContext } from '@app/timeliness';
import { WorklistModule, worklistContext } from '@app/worklist';
import { AdaptersModule } from './adapters.module';

export interface CompositionOptions {
  readonly config: Config;
  /** The owner's URL: the embedded database's, or DATABASE_URL. */
  readonly databaseUrl: string;
  readonly onError: (what: string, error: unknown) => void;
  readonly pools?: { readonly system: number; readonly requests: number };
  readonly queuePrefix?: string;
}

/** Every context on one platform: the same in each process, whichever part of the work the process does. */
@Module({})
export class CompositionModule {
  static register(options: CompositionOptions): DynamicModule {
    const contexts = [
      OfficesModule,
      AccessModule,
      NotificationsModule.register({ smtpUrl: options.config.smtpUrl }),
      CaseworkModule,
      IntakeModule,
      FollowModule,
      DocumentsModule,
      TimelinessModule,
      AssuranceModule,
      WorklistModule,
      OversightModule,
      PublicationModule,
      ReviewsModule,
      ScrutinyModule,
      ReviewApplicationsModule,
      ReviewFiguresModule,
      ScanningModule,
      AdaptersModule,
    ];
    return {
      module: CompositionModule,
      imports: [
        CqrsModule.forRoot(),
        PlatformModule.register({
          ...options,
          contexts: [
            officesContext,
            accessContext,
            notificationsContext,
            caseworkContext,
            intakeContext,
            followContext,
            documentsContext,
            timelinessContext,
            assuranceContext,
            worklistContext,
            oversightContext,
            publicationContext,
            reviewsContext,
            scrutinyContext,
            reviewApplicationsContext,
            reviewFiguresContext,
          ],
        }),
        ...contexts,
      ],
      exports: contexts.map((context) => ('module' in context ? context.module : context)),
    };
  }
}
