import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { QuickDatabase } from '#src/common/database/quick-database.js';
import { ReadDatabase } from '#src/common/database/read-database.js';
import { createQuickPool, createReadPool, dataSourceOptions } from './data-source.js';
import { openDataSource } from './open-data-source.js';
import type { Environment } from '#config/environment.js';

// So much less than a second that a refused client has its answer within one.
const QUICK_LIMIT_MS = 800;

/** The connections of one process: TypeORM's pool for the work, a few quick ones for rate limits and probes, a few for readers. */
@Global()
@Module({})
export class DatabaseModule {
  static forRoot(environment: Environment): DynamicModule {
    const quick = {
      provide: QuickDatabase,
      useFactory: () => new QuickDatabase(createQuickPool(environment, QUICK_LIMIT_MS), QUICK_LIMIT_MS),
    };
    const reads = {
      provide: ReadDatabase,
      useFactory: () => {
        const { DATABASE_READ_URL: url } = environment;
        return new ReadDatabase(
          createReadPool(environment),
          url === undefined ? undefined : createReadPool(environment, url),
        );
      },
    };
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSourceOptions(environment), autoLoadEntities: true, retryAttempts: 0 }),
          dataSourceFactory: (options) => openDataSource(options ?? dataSourceOptions(environment)),
        }),
      ],
      providers: [quick, reads],
      exports: [quick, reads],
    };
  }
}
