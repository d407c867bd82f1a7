export { type PollOptions, pollUntil } from '../../src/local/poll.js';
