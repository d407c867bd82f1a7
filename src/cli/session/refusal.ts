type Members = Readonly<Record<string, unknown>>;

/** What the first lines say already. */
const SAID = ['type', 'title', 'status', 'code', 'detail', 'instance', 'requestId'];

/**
 * A problem document of the API in words, with every member: the fields that were wrong, what a payout waits for, the row of a
 * lock, the figures of an escrow.
 */
export function refusalText(status: number, problem: Members): string {
  const { title, code, detail, requestId } = problem;
  const name = `${status} ${String(title)}${typeof code === 'string' ? ` (${code})` : ''}`;
  const rest = Object.entries(problem).filter(([member]) => !SAID.includes(member));
  return [
    name,
    ...(typeof detail === 'string' ? [detail] : []),
    ...rest.flatMap(([member, value]) => linesOf(member, value)),
    ...(typeof requestId === 'string' ? [`request id ${requestId}`] : []),
  ].join('\n  ');
}

function linesOf(member: string, value: unknown): string[] {
  if (member === 'errors' && Array.isArray(value)) return value.map(fieldError);
  return [`${member}: ${typeof value === 'string' ? value : JSON.stringify(value)}`];
}

/** Messages begin with the name of the member; its whole path says where that is. */
function fieldError(error: unknown): string {
  const { path, message } = error as { path?: unknown; message?: unknown };
  return `${String(path) || 'body'}: ${String(message)}`;
}
