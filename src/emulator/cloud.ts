import type { AccountId } from '#domain/account.ts';
import { createClock, type SimulatedClock } from './clock.ts';
import type { Door } from './door.ts';
import { createDispatcher, type Gate, type Interference, type Observer, type Order } from './dispatch.ts';
import { createIdentifiers } from './identifiers.ts';
import type { Platform } from './platform.ts';
import { createQuotas } from './quotas/create-quotas.ts';
import { createAccount } from './services/account/create-account.ts';
import { createBudgets } from './services/budgets/create-budgets.ts';
import { createCloudFormation } from './services/cloudformation/create-cloudformation.ts';
import { createCloudWatch, type CloudWatch } from './services/cloudwatch/create-cloudwatch.ts';
import { createCodeBuild, type CodeBuildOptions } from './services/codebuild/create-codebuild.ts';
import type { BilledLine } from './services/cost-explorer/bill.ts';
import { createCostExplorer } from './services/cost-explorer/create-cost-explorer.ts';
import { createDynamoDb } from './services/dynamodb/create-dynamodb.ts';
import { createEvents, type EventsOptions } from './services/events/create-events.ts';
import { createIam, type Iam } from './services/iam/create-iam.ts';
import {
  createIdentityCenter,
  type IdentityCenter,
} from './services/identity-center/create-identity-center.ts';
import { createLambda, type Lambda, type LambdaOptions } from './services/lambda/create-lambda.ts';
import { createLogs } from './services/logs/create-logs.ts';
import {
  createOrganizations,
  type OrganizationOptions,
  type Organizations,
} from './services/organizations/create-organizations.ts';
import { createS3 } from './services/s3/create-s3.ts';
import { createSes, type Ses } from './services/ses/create-ses.ts';
import { createServiceQuotas, type ServiceQuotas } from './services/service-quotas/create-service-quotas.ts';
import { createSns, type Sns, type SnsOptions } from './services/sns/create-sns.ts';
import { createSqs } from './services/sqs/create-sqs.ts';
import { createSsmIncidents, type IncidentOptions } from './services/ssm-incidents/create-ssm-incidents.ts';
import { createSsm } from './services/ssm/create-ssm.ts';
import { createSts } from './services/sts/create-sts.ts';
import { createTagging } from './services/tagging/create-tagging.ts';

export interface CloudOptions {
  readonly organization: OrganizationOptions;
  /** Account in which clients from outside act, unless they ask for Organizations. */
  readonly automationAccount: AccountId;
  readonly clock?: SimulatedClock;
  /** Seeds the identifiers that the cloud hands out. */
  readonly seed?: number;
  readonly builds: CodeBuildOptions;
  readonly functions?: LambdaOptions;
  readonly events?: EventsOptions;
  readonly observe?: Observer;
  readonly interfere?: Interference | undefined;
  /** Where the endpoint will answer, when that is known from the start. */
  readonly endpoint?: string;
  readonly sns?: SnsOptions;
  readonly incidents?: IncidentOptions;
  /** What accounts were billed. */
  readonly costs?: readonly BilledLine[];
  /** Whoever answers requests that are not signed, beside function URLs. */
  readonly doors?: readonly Door[];
}

/** The local cloud: the services of AWS that are in use, in one process, on one simulated clock. */
export interface Cloud extends Platform {
  readonly iam: Iam;
  readonly organizations: Organizations;
  readonly lambda: Lambda;
  readonly ses: Ses;
  readonly sns: Sns;
  readonly cloudwatch: CloudWatch;
  readonly identityCenter: IdentityCenter;
  readonly serviceQuotas: ServiceQuotas;
  /** Tells the cloud where its endpoint answers, once it does. */
  answerAt(url: string): void;
  /** Carries out what an administrator of an account wants, past the wire. Throws AwsError. */
  operate(order: Order): Promise<unknown>;
  /** From now on calls are throttled as AWS publishes it. */
  enforceQuotas(): void;
}

export function openCloud(options: CloudOptions): Cloud {
  const { seed } = options.organization;
  const clock = options.clock ?? createClock();
  let endpoint = options.endpoint ?? 'http://127.0.0.1:4566';
  // Services find each other through the platform, and only when they are called: hence the getters.
  const platform: Platform = {
    clock,
    organizationId: seed.id,
    managementAccount: seed.managementAccount,
    automationAccount: options.automationAccount,
    endpoint: () => endpoint,
    isMember: (account) => organizations.directory.findMember(account)?.state === 'ACTIVE',
    nextId: createIdentifiers(options.seed),
    get identity() {
      return iam.identity;
    },
    get events() {
      return events.delivery;
    },
    get queues() {
      return sqs.delivery;
    },
    get topics() {
      return sns.delivery;
    },
    get functions() {
      return lambda.invocation;
    },
    answer: (...request) => dispatcher.answer(...request),
  };
  const iam = createIam(platform);
  const organizations = createOrganizations(platform, options.organization);
  const events = createEvents(platform, options.events);
  const sqs = createSqs(platform);
  const sns = createSns(platform, options.sns);
  const cloudwatch = createCloudWatch(platform);
  const identityCenter = createIdentityCenter(platform);
  const serviceQuotas = createServiceQuotas();
  const ses = createSes(platform);
  const lambda = createLambda(platform, sqs, options.functions);
  const services = [
    iam,
    createSts(platform, iam.identity),
    organizations,
    createTagging(organizations),
    events,
    sqs,
    sns,
    lambda,
    createCodeBuild(platform, { concurrencyQuota: serviceQuotas.concurrentBuilds, ...options.builds }),
    createSsm(platform),
    createSsmIncidents(platform, options.incidents),
    cloudwatch,
    createDynamoDb(platform),
    createCloudFormation(platform, organizations),
    createLogs(platform),
    createCostExplorer(platform, organizations, { costs: options.costs ?? [] }),
    createS3(platform),
    ses,
    createBudgets(),
    serviceQuotas,
    ...identityCenter.services.map((service) => ({ service })),
    createAccount(),
  ].map(({ service }) => service);
  let quotas: Gate = () => {};
  const gate: Gate = (service, call) => quotas(service, call);
  const doors = [lambda.door, ses.door, ...(options.doors ?? [])];
  const { observe = () => {}, interfere } = options;
  const dispatcher = createDispatcher({ platform, services, gate, observe, interfere, doors });
  return Object.defineProperties(
    {
      iam,
      organizations,
      lambda,
      ses,
      sns,
      cloudwatch,
      identityCenter,
      serviceQuotas,
      answerAt: (url: string) => void (endpoint = url),
      operate: (order: Order) => dispatcher.operate(order),
      enforceQuotas: () => void (quotas = createQuotas(clock)),
    },
    Object.getOwnPropertyDescriptors(platform),
  ) as Cloud;
}
