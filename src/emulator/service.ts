import type { AccountId } from '#domain/account.ts';
import type { AwsError } from './aws-error.ts';

/** Who calls: an administrator of an account, or a role in a session. */
export interface Caller {
  readonly account: AccountId;
  readonly arn: string;
  readonly userId: string;
  /** ARN of the role whose policies bind the caller; undefined for administrators, whom nothing binds. */
  readonly role?: string;
}

/** Whose calls are counted together: our functions, a build, or a client from outside. */
export type Origin = 'function' | 'build' | 'client';

/** One request to a service, as its operation sees it. */
export interface Call {
  readonly operation: string;
  readonly account: AccountId;
  readonly region: string;
  readonly caller: Caller;
  readonly origin: Origin;
  readonly requestId: string;
  /** The request on the wire, for services that need headers or paths (S3, Lambda). */
  readonly http: HttpRequest;
}

/** How whoever calls waits in simulated time; those outside of the cloud have other clocks. */
export type Sleep = (milliseconds: number) => Promise<void>;

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** What a call needs permission for. Resources default to `*`, the action to `{prefix}:{Operation}`. */
export interface Access {
  readonly action?: string;
  readonly resource?: string | readonly string[];
  /** Policy of the resource itself (queue, topic, bus, bucket, role's trust), where the service has one. */
  readonly resourcePolicy?: string | undefined;
  /** Account that owns the resource, when it may be another one than the caller's. */
  readonly owner?: AccountId | undefined;
  /** Condition keys of this call; one that is known but absent here is undefined. */
  readonly context?: Readonly<Record<string, string | undefined>>;
}

export type Protocol =
  | { readonly kind: 'json'; readonly version: '1.0' | '1.1'; readonly target: string }
  | { readonly kind: 'query'; readonly version: string; readonly namespace: string }
  | { readonly kind: 'rest-json'; readonly routes: readonly Route[] }
  | {
      readonly kind: 'custom';
      /** Throws AwsError; a service whose wire is its own (S3) reads and writes by itself. */
      readonly read: (http: HttpRequest) => { operation: string; input: Record<string, unknown> };
      readonly write: (output: unknown, http: HttpRequest) => HttpResponse;
      readonly writeError: (error: AwsError, http: HttpRequest, requestId: string) => HttpResponse;
    };

/** One line of a REST API: `GET /functions/{FunctionName}` with the status of its answer. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly status?: number;
  /** The body is a payload of its own, which the operation reads from `call.http`. */
  readonly raw?: boolean;
}

// Inputs have the shape of the SDK's command inputs; `never` lets each operation name its own.
export type Run = (input: never, call: Call) => unknown;

/**
 * A service of the local cloud. `name` is what clients sign for (`events`, `tagging`, …), `prefix` what its actions
 * begin with in IAM policies when that differs. Outputs have the shape of the SDK's command outputs: a Date becomes
 * epoch seconds or ISO text as the protocol says, a Buffer base64; in query services a Map is written as entries.
 */
export interface Service {
  readonly name: string;
  readonly prefix?: string;
  readonly protocol: Protocol;
  readonly operations: Readonly<Record<string, Run>>;
  /** What a call needs permission for; `undefined` as a value means that everybody may. */
  readonly access?: Readonly<Record<string, ((input: never, call: Call) => Access) | 'everybody'>>;
}
