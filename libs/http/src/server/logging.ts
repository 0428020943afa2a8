import { Module } from '@nestjs/common';
import { Config } from '@app/platform';
import { LoggerModule } from 'nestjs-pino';
import { destination, type DestinationStream, type LoggerOptions } from 'pino';
import { safeError } from '../problems/safe-error';

/** Where log lines go instead of standard output; tests provide it. */
export const LOG_STREAM = Symbol('log stream');

/** Standard output, written in pieces, so that a burst of requests does not wait for the terminal. */
function standardOutput(): DestinationStream {
  return destination({ fd: 1, sync: false, minLength: 4096, periodicFlush: 500 });
}

/** An error is logged without what it quotes, whoever logs it. */
function withoutContent(parameters: unknown[]): unknown[] {
  const [first, ...rest] = parameters;
  if (first instanceof Error) return [{ error: safeError(first) }, ...rest];
  if (typeof first !== 'object' || first === null || !('err' in first) || !(first.err instanceof Error)) {
    return parameters;
  }
  const { err, ...others } = first;
  return [{ ...others, error: safeError(err) }, ...rest];
}

const hooks: LoggerOptions['hooks'] = {
  logMethod(parameters, method) {
    method.apply(this, withoutContent(parameters) as typeof parameters);
  },
};

/**
 * Structured logs for every process. No bodies, query strings, headers, addresses or names are ever given to it;
 * the redaction is a second line for what a library might add.
 */
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [Config, { token: LOG_STREAM, optional: true }],
      useFactory: (config: Config, stream?: DestinationStream) => ({
        // Requests are logged when they are answered, with their route: a middleware does not know it yet.
        forRoutes: [],
        pinoHttp: [
          {
            level: config.logLevel,
            base: null,
            hooks,
            redact: { paths: ['req', 'res', '*.headers', '*.body', '*.query', '*.parameters'], remove: true },
          },
          stream ?? standardOutput(),
        ],
      }),
    }),
  ],
})
export class LoggingModule {}
