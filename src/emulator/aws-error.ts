/** A refusal in a service's own words: what the client sees is its code, its message and the HTTP status. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  /** Further members of the error's shape, such as `Reason` or `CancellationReasons`. */
  readonly members: Readonly<Record<string, unknown>>;
  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** What the local cloud does not know, it refuses: never a success that did nothing. */
export function notImplemented(service: string, what: string): AwsError {
  return new AwsError('NotImplemented', `The local cloud does not know ${service} ${what}`, 501);
}
