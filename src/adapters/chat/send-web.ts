/** A request to a channel's server. */
export interface WebCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebReply {
  readonly status: number;
  /** By name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

/** Posts over the web; throws where nobody answers. */
export type SendWeb = (call: WebCall) => Promise<WebReply>;

const patienceInMilliseconds = 10_000;

/** Over the network. Redirects are not followed: what is said is for the one who was named. */
export const sendOverNetwork: SendWeb = async ({ url, headers, body }) => {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceInMilliseconds),
  });
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: await response.text(),
  };
};
