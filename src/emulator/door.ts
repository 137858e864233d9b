import type { HttpRequest, HttpResponse } from './service.ts';

/** Answers requests that nobody has signed: of browsers, and of systems outside. Undefined: none of its paths. */
export type Door = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse | undefined;
