import type { AccountId } from '#domain/account.ts';
import type { SimulatedClock } from './clock.ts';
import type { Access, Caller, HttpRequest, HttpResponse, Origin, Sleep } from './service.ts';

/** What the services of the local cloud offer each other behind their wire protocols. */
export interface Platform {
  readonly clock: SimulatedClock;
  readonly organizationId: string;
  readonly managementAccount: AccountId;
  readonly automationAccount: AccountId;
  /** Where the endpoint answers, without a slash at the end: `http://127.0.0.1:4566`. */
  endpoint(): string;
  /** Whether the account is a member of the organization that is not closed. */
  isMember(account: string): boolean;
  /** Source of the identifiers that the cloud hands out: different at each call, the same at each run. */
  nextId(): string;
  readonly identity: Identity;
  readonly events: EventDelivery;
  readonly queues: QueueDelivery;
  readonly topics: TopicDelivery;
  readonly functions: FunctionInvocation;
  /** A request by a client inside the cloud, a function or a build, without the network. */
  answer(request: HttpRequest, origin: Origin, sleep?: Sleep): Promise<HttpResponse>;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** An AWS service that acts by itself: `events.amazonaws.com`, perhaps on behalf of a rule, a topic or a build. */
export interface ServicePrincipal {
  readonly service: string;
  readonly account: AccountId;
  /** ARN of the rule, topic or function on whose behalf it acts (aws:SourceArn). */
  readonly source?: string;
}

export interface Identity {
  /** Credentials of a role for whoever its trust policy lets in. Throws AccessDenied. */
  assume(role: string, sessionName: string, by: Caller | ServicePrincipal, lifetime?: Lifetime): Credentials;
  /** Who signed with this access key; undefined when the cloud has not handed it out. Throws ExpiredToken. */
  sessionOf(accessKeyId: string): Caller | undefined;
  /** Throws AccessDenied (in the words of AWS) unless the policies of caller and resource let the call pass. */
  authorize(caller: Caller, access: Required<Pick<Access, 'action' | 'resource'>> & Access): void;
  /** Whether a resource's policy, or its role's, lets a service or a caller act. */
  allows(
    principal: Caller | ServicePrincipal,
    access: Required<Pick<Access, 'action' | 'resource'>> & Access,
  ): boolean;
}

/** Sessions of functions and builds end in simulated time, those of clients outside in real time. */
export interface Lifetime {
  readonly seconds: number;
  readonly clock: 'simulated' | 'real';
}

export interface CloudEvent {
  readonly account: AccountId;
  readonly region: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
}

export interface EventDelivery {
  /** An AWS service puts an event on the default bus of an account, at once. */
  accept(event: CloudEvent): void;
}

export interface QueueDelivery {
  /** A service sends a message; false when the queue is not there or its policy refuses. */
  deliver(
    queueArn: string,
    body: string,
    by: ServicePrincipal,
    attributes?: Readonly<Record<string, unknown>>,
  ): boolean;
}

export interface TopicDelivery {
  /** A service publishes; false when the topic is not there or its policy refuses. */
  publish(topicArn: string, message: { subject?: string; message: string }, by: ServicePrincipal): boolean;
}

export interface FunctionInvocation {
  /** Queues an event for a function, which is tried three times in all; false when it is not there or refuses. */
  invokeLater(functionArn: string, payload: string, by: ServicePrincipal): boolean;
}
