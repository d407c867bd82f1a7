import { ApiError, CommitToShip } from '#client';

/** The service that served this page. */
export const api = new CommitToShip({ baseUrl: location.origin });

/** For the generated operations: `api.take(listPauses({ ...to, query }))`. */
export const to = { client: api.client } as const;

/** An error in the words of who has raised it: the service's, the wallet's, or the network's. */
export function explain(error: unknown): string {
  if (error instanceof ApiError) return explainRefusal(error);
  if (error instanceof TypeError)
    return 'The service cannot be reached. Nothing was done that you can see here.';
  return error instanceof Error && error.message !== '' ? error.message : 'The wallet gave no reason.';
}

function explainRefusal({ problem, status, errors }: ApiError): string {
  if (errors.length > 0) return `${errors.map(({ path, message }) => sentence(path, message)).join('; ')}.`;
  return problem?.detail ?? `The service answered ${status}.`;
}

/** "params.deadline" and "deadline must be ..." are "deadline must be ...". */
function sentence(path: string, message: string): string {
  const member = path.split('.').at(-1) ?? path;
  return message.startsWith(member) ? message : `${member} ${message}`;
}
