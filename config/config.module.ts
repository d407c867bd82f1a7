import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Environment } from './environment.js';
import { Settings } from './settings.js';

/** Makes the settings that `main.ts` has parsed injectable everywhere as `Settings`. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(environment: Environment): DynamicModule {
    const provider = { provide: Settings, useValue: new Settings(environment) };
    return { module: ConfigModule, providers: [provider], exports: [provider] };
  }
}
