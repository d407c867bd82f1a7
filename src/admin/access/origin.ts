const READ_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True for methods that may change state: those whose Origin is checked. */
export function changesState(method: string): boolean {
  return !READ_METHODS.has(method.toUpperCase());
}

/** A browser sends the Origin of the page with every POST; a missing one is as wrong as another one. */
export function isRightOrigin(origin: unknown, appOrigin: string): boolean {
  return origin === appOrigin;
}
