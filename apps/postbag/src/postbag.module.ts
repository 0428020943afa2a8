import { Module, type DynamicModule } from '@nestjs/common';
import { CompositionModule, type CompositionOptions } from '@app/composition';
import { DemoModule } from '@app/demo';
import { HttpModule } from '@app/http';
import { ApiModule } from '../../api/src/api.module';
import { MailroomModule } from '../../mailroom/src/mailroom.module';
import { WebModule } from '../../web/src/web.module';
import { WorkerModule } from '../../worker/src/worker.module';

/** Every process of the service in one: the default start. */
@Module({})
export class PostbagModule {
  static register(options: CompositionOptions): DynamicModule {
    return {
      module: PostbagModule,
      imports: [
        CompositionModule.register(options),
        HttpModule,
        ApiModule,
        WebModule,
        MailroomModule,
        WorkerModule,
        DemoModule,
      ],
    };
  }
}
