import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ERROR_TABLE, type ErrorCode } from '#src/common/errors/error-table.js';
import { MAX_URL_LENGTH } from './http-hooks.js';
import { ofCode, PROBLEM_CONTENT_TYPE, toProblem } from './problem.js';
import { BARE_HEADERS } from './response-headers.js';

type ClientError = Error & { readonly code: string; readonly rawPacket?: unknown };

/** Answers a connection whose bytes never became a request: bad HTTP, headers too large, too slow. */
export function clientErrorHandler(newRequestId: () => string): (error: ClientError, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    if (socket.writable) socket.write(rawProblem(codeOf(error), newRequestId()));
    socket.destroy(error);
  };
}

function codeOf(error: ClientError): ErrorCode {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  if (error.code !== 'HPE_HEADER_OVERFLOW') return 'bad_request';
  return isRequestLineTooLong(error.rawPacket) ? 'uri_too_long' : 'headers_too_large';
}

function isRequestLineTooLong(packet: unknown): boolean {
  if (!Buffer.isBuffer(packet)) return false;
  const end = packet.indexOf('\r\n');
  return end === -1 || end > MAX_URL_LENGTH;
}

function rawProblem(code: ErrorCode, requestId: string): string {
  const { status } = ERROR_TABLE[code];
  const body = JSON.stringify(toProblem(ofCode(code), '', requestId));
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    `content-type: ${PROBLEM_CONTENT_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    ...Object.entries(BARE_HEADERS).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}
