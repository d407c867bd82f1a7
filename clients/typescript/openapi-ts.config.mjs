/** How `npm run clients:generate` makes src/generated of docs/openapi.json. */
export const generator = (input, path) => ({
  input,
  output: {
    path,
    clean: true,
    module: { extension: '.js' },
    header: ['/* Generated of docs/openapi.json by npm run clients:generate. */', '// @ts-nocheck'],
    entryFile: false,
  },
  plugins: [{ name: '@hey-api/typescript', enums: 'javascript' }, '@hey-api/sdk', '@hey-api/client-fetch'],
  logs: { level: 'silent', file: false },
});
