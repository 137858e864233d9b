/** What a container is started with. */
export interface ContainerData {
  /** Path of the module that exports the handler. */
  readonly file: string;
  readonly handler: string;
  /** Milliseconds since the epoch, in simulated time. */
  readonly now: number;
}

/** What a function is told of its invocation, as far as Node's runtime tells it. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Milliseconds since the epoch, in simulated time. */
  readonly deadline: number;
}

/** To a container. Each message tells the time: that is how time passes there. */
export type ToContainer = { readonly now: number } & (
  | { readonly kind: 'invoke'; readonly event: string; readonly context: LambdaContext }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'unanswered'; readonly id: number; readonly reason: string }
  | { readonly kind: 'awake' }
);

/** From a container. */
export type FromContainer =
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly method: string;
      readonly url: string;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  /** Nothing happens in there until that time. */
  | { readonly kind: 'asleep'; readonly until: number }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'done'; readonly payload: string }
  | { readonly kind: 'failed'; readonly error: FunctionError };

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}
