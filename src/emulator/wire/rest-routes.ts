import type { HttpRequest, Route } from '../service.ts';

/** The route of a REST request, with the parameters of its path and its query as an input. */
export function matchRoute(
  routes: readonly Route[],
  request: HttpRequest,
): { route: Route; parameters: Record<string, string> } | undefined {
  for (const route of routes) {
    const match = route.method === request.method ? patternOf(route.path).exec(request.path) : null;
    if (match) {
      const fromPath = Object.entries(match.groups ?? {}).map(([name, value]) => [
        name,
        decodeURIComponent(value),
      ]);
      return { route, parameters: Object.fromEntries([...request.query, ...fromPath]) };
    }
  }
  return undefined;
}

const patterns = new Map<string, RegExp>();

/** `{Name}` is one segment of the path, `{Name+}` all that is left. */
function patternOf(path: string): RegExp {
  const known = patterns.get(path);
  if (known) return known;
  const source = path.replace(/\{(\w+)\+\}/g, '(?<$1>.+)').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const pattern = new RegExp(`^${source}/?$`);
  patterns.set(path, pattern);
  return pattern;
}
