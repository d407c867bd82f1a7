import { type IncomingMessage, request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The JSON of the body; an empty object where it is none. */
  readonly body: Record<string, unknown>;
}

export interface RawRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly rawBody?: string | Uint8Array;
}

/** Sends exactly these bytes, whatever they are: a client library would refuse or repair some of them. */
export async function sendRaw(
  origin: string,
  method: string,
  path: string,
  { headers = {}, rawBody }: RawRequest = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request({
      hostname,
      port,
      method,
      path,
      headers: sized(headers, method, rawBody),
      agent: false,
    });
    // A server that refuses a large body may answer and hang up before it has read all of it.
    outgoing.on('error', reject);
    outgoing.on('response', resolve);
    outgoing.end(rawBody);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode ?? 0, headers: flat(response.headers), text, body: parse(text) };
}

/** Node gives a DELETE with a body no length of its own. */
function sized(headers: Readonly<Record<string, string>>, method: string, body: RawRequest['rawBody']) {
  const own = method === 'DELETE' && body !== undefined && headers['content-length'] === undefined;
  return own ? { ...headers, 'content-length': String(Buffer.byteLength(body)) } : { ...headers };
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
