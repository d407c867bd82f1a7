interface KnownRoute {
  readonly methods: readonly string[];
  readonly pattern: RegExp;
}

/** Which methods a path answers to, so that a wrong method is told apart from a wrong path. */
export class KnownRoutes {
  private readonly routes: KnownRoute[] = [];

  /** @param url route pattern such as `/api/commitments/:id`; wildcards are left out, they are no resources of ours. */
  add(method: string | readonly string[], url: string): void {
    if (url.includes('*')) return;
    const source = url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/');
    this.routes.push({
      methods: typeof method === 'string' ? [method] : method,
      pattern: new RegExp(`^${source}$`),
    });
  }

  methodsOf(path: string): string[] {
    const bare = (path.split('?', 1)[0] ?? '').replace(/(?<=.)\/$/, '');
    const methods = this.routes.filter(({ pattern }) => pattern.test(bare)).flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  }
}
