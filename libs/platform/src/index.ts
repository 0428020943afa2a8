export { Attention, AttentionNotFound, type AttentionEntry } from './attention/attention';
export { Config, ConfigError, readConfig, type ConfigValues, type OidcSettings } from './config/config';
export { instanceSecret } from './config/instance-secret';
export { EventCatalogue, type EventDeclaration } from './events/event-catalogue';
export { EventFeed } from './events/event-feed';
export { EventStore, StreamChangedMeanwhile, type StreamAppend } from './events/event-store';
export { Sequencer } from './events/sequencer';
export { type StoredEvent } from './events/stored-event';
export { LogVerifier, type LogVerification } from './events/verify-log';
export { EventHistory } from './history/event-history';
export { PastLog, type PastEvents } from './history/past-log';
export { PastRows } from './history/past-rows';
export { Idempotency, requestHash, type FirstAnswer, type IdempotentRequest } from './idempotency/idempotency';
export { OutboxRelay } from './outbox/relay';
export { Wake, type WakeSignal } from './outbox/wake';
export { BulkInsert, byteaText } from './persistence/bulk-insert';
export { storeClockOffset } from './persistence/business-clock';
export { currentCaller, enterAs, runAs, systemCaller, type Caller } from './persistence/caller';
export { APP_ROLE, Database } from './persistence/database';
export { GroupCommit } from './persistence/group-commit';
export { isUnavailable } from './persistence/unavailable';
export { UnitOfWork } from './persistence/unit-of-work';
export { PlatformModule, type ContextDeclaration, type PlatformOptions } from './platform.module';
export { Projection, Projects, type ProjectionDeclaration, type TableNames } from './projections/projection';
export { ProjectionRunner } from './projections/projection-runner';
export {
  Consumer,
  Consumes,
  PermanentFailure,
  QUEUES,
  type ConsumedMessage,
  type ConsumerDeclaration,
  type QueueName,
} from './queue/consumer';
export { ConsumerRunner } from './queue/consumer-runner';
export { Engine } from './queue/engine';
export { Loop } from './queue/loop';
export { QueueFactory, type QueueJob } from './queue/queue-factory';
export { Subscriptions } from './queue/subscriptions';
export { ContentStore, sha256, type ContentRow } from './storage/content-store';
export { Timers, type TimerRequest } from './timers/timers';
export { EmbeddedPostgres } from './embedded/embedded-postgres';
export { EmbeddedPostgresError } from './embedded/embedded-postgres-error';
export { readRunFile, removeRunFile, writeRunFile, type RunFile } from './embedded/run-file';
