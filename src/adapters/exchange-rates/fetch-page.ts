/** A page of the web, as text. */
export interface Page {
  readonly status: number;
  readonly text: string;
}

/** Reads a page that anybody may read; throws where nobody answers. */
export type FetchPage = (url: string) => Promise<Page>;

const patienceInMilliseconds = 10_000;

export const fetchOverNetwork: FetchPage = async (url) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceInMilliseconds) });
  return { status: response.status, text: await response.text() };
};
