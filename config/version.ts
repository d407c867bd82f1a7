import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url)('#package.json') as { readonly version: string };

/** The version of this service, from package.json: the one place where it is written. */
export const VERSION: string = manifest.version;
