/** `npm run test:faults`: more cases, and failures at moments that nobody chose. */
export const LONG = process.env['CTS_FAULTS'] === 'long';
