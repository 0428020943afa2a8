import { createServer } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DEMONSTRATION_PEOPLE, FirstAdministrator, LoadDemonstrationPeople, Tokens, type Role } from '@app/access';
import { prepareDatabase } from '@app/composition';
import { DemoOffice, DemonstrationPublications } from '@app/demo';
import { configureHttp, createFastifyAdapter } from '@app/http';
import { Offices } from '@app/offices';
import { EmbeddedPostgres, instanceSecret, removeRunFile, writeRunFile, type Config } from '@app/platform';
import { migrate } from '../../../migrations/run';
import { Mailroom } from '../../mailroom/src/mailroom';
import { setUpApi } from '../../api/src/set-up-api';
import { setUpWeb } from '../../web/src/set-up-web';
import { PostbagWorker } from '../../worker/src/worker';
import { PostbagModule } from './postbag.module';
import { refuseUnreachable } from './refuse-unreachable';

import { StartRefused } from './start-refused';

const DEMO_ROLES: readonly Role[] = ['caseworker', 'manager', 'commissioner', 'auditor', 'administrator'];

/** The whole service in one process, on an embedded PostgreSQL unless DATABASE_URL names another. */
export class Postbag {
  private constructor(
    private readonly config: Config,
    private readonly embedded: EmbeddedPostgres | null,
    private readonly app: NestFastifyApplication,
    private readonly httpPort: number,
    private readonly smtpPort: number,
  ) {}

  /** @throws StartRefused, EmbeddedPostgresError with the one line that says why. */
  static async start(config: Config): Promise<Postbag> {
    await refusePortInUse('PORT', config.port);
    await refusePortInUse('SMTP_PORT', config.smtpPort);
    if (config.port !== 0 && config.port === config.smtpPort)
      throw new StartRefused('SMTP_PORT must be another port than PORT');
    await refuseUnreachable(config);
    const embedded =
      config.databaseUrl === null ? await EmbeddedPostgres.start({ dataFolder: config.dataFolder }) : null;
    const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
    try {
      await migrate(config.databaseDirectUrl ?? databaseUrl);
      await prepareDatabase(config, databaseUrl);
      const app = await NestFactory.create<NestFastifyApplication>(
        PostbagModule.register({ config, databaseUrl, onError: () => undefined }),
        createFastifyAdapter(config),
        { bufferLogs: true, abortOnError: false },
      );
      await configureHttp(app);
      await setUpApi(app);
      await setUpWeb(app);
      // Before anybody can come in: a history is written in one transaction.
      await app.init();
      if (config.demo) {
        await app.get(LoadDemonstrationPeople).run();
        const say = (line: string): boolean => process.stdout.write(`${line}\n`);
        await app.get(DemoOffice).loadIfEmpty(say);
        await app.get(DemonstrationPublications).publishLastQuarters(say);
      }
      await app.listen(config.port, '::');
      const address = app.getHttpServer().address() as { port: number };
      const smtpPort = await app.get(Mailroom).listen(config.smtpPort);
      await app.get(PostbagWorker).start();
      await writeRunFile(config.dataFolder, {
        pid: process.pid,
        databaseUrl,
        httpUrl: `http://localhost:${String(address.port)}`,
        smtpPort,
        startedAt: new Date().toISOString(),
      });
      return new Postbag(config, embedded, app, address.port, smtpPort);
    } catch (error) {
      await embedded?.stop();
      throw error;
    }
  }

  /** Takes nothing new, drains, and stops the database last. */
  async stop(): Promise<void> {
    await this.app.get(Mailroom).close();
    await this.app.close();
    await this.embedded?.stop();
    await removeRunFile(this.config.dataFolder);
  }

  /** What a newcomer needs to see. */
  async welcome(): Promise<string> {
    const { url } = this;
    const mailboxes = await this.app.get(Offices).mailboxes();
    const lines = [
      '',
      'Postbag ready',
      `  Contact form   ${url}/`,
      `  Staff pages    ${url}/staff   (sign in: ${url}/sign-in)`,
      `  API            ${url}/api/v1   (description: ${url}/api/docs)`,
      `  Health         ${url}/health/ready   ${url}/metrics`,
      `  Mail           smtp://localhost:${String(this.smtpPort)} for ${mailboxes.join(', ')}`,
      this.config.smtpUrl === null
        ? `  Outgoing mail  kept in the local outbox: ${url}/api/v1/outgoing-messages`
        : '  Outgoing mail  through SMTP_URL',
      '',
      ...(await this.signIns()),
      '',
      '',
    ];
    return lines.join('\n');
  }

  private get url(): string {
    return `http://localhost:${String(this.httpPort)}`;
  }

  private async signIns(): Promise<string[]> {
    const offices = (await this.app.get(Offices).all()).map(({ id }) => id);
    if (!this.config.demo) {
      const first = await this.app.get(FirstAdministrator).ensure(offices);
      if (first === null) return [];
      return [
        `  First administrator: sign in at ${this.url}/sign-in`,
        `    E-mail address      ${first.email}`,
        `    One-time password   ${first.password}`,
      ];
    }
    const tokens = this.app.get(Tokens);
    const secret = await instanceSecret(this.config);
    const first = offices.find((office) => office === 'west-mercia') ?? offices[0] ?? '';
    const lines = ['  Demonstration sign-ins: open the sign-in page and choose'];
    for (const { name, role, offices: own } of DEMONSTRATION_PEOPLE) {
      lines.push(`    ${name.padEnd(34)} ${role}, ${own.length < 4 ? own.join(', ') : 'all four offices'}`);
    }
    lines.push('', '  Bearer tokens of the demonstration, for the API:');
    for (const role of DEMO_ROLES) {
      lines.push(`    ${`${role}, ${first}`.padEnd(34)} ${await tokens.demoToken(secret, role, [first])}`);
    }
    lines.push(
      `    ${'review-manager, all four offices'.padEnd(34)} ${await tokens.demoToken(secret, 'review-manager', offices)}`,
    );
    return lines;
  }
}

async function refusePortInUse(variable: string, port: number): Promise<void> {
  if (port === 0) return;
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EACCES' ? 'may not be used by this user' : 'is already in use';
      reject(new StartRefused(`port ${String(port)} (${variable}) ${why}`, { cause: error }));
    });
    probe.listen(port, '::', () => probe.close(() => resolve()));
  });
}
