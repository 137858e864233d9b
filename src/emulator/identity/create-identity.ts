import { AwsError } from '../aws-error.ts';
import type { Credentials, Identity, Lifetime, Platform, ServicePrincipal } from '../platform.ts';
import type { Access, Caller } from '../service.ts';
import { conditionKeys } from './condition-keys.ts';
import { decide, evaluate, type Decision, type Question, type Verdict } from './policy-evaluation.ts';
import { parsePolicy } from './policy-document.ts';
import type { Role, RoleStore } from './role-store.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** The identity of the local cloud, with what only STS asks of it. */
export interface RoleIdentity extends Identity {
  /** `context` holds further condition keys of the request, such as `sts:ExternalId`. */
  assume(
    role: string,
    sessionName: string,
    by: Caller | ServicePrincipal,
    lifetime?: Lifetime,
    context?: Readonly<Record<string, string>>,
  ): Credentials;
  accountOf: Sessions['accountOf'];
}

type Principal = Caller | ServicePrincipal;
type Asked = Required<Pick<Access, 'action' | 'resource'>> & Access;

const anHour: Lifetime = { seconds: 3600, clock: 'simulated' };

/** Whether roles may be assumed, and calls may pass: sessions, and the policies of roles and resources. */
export function createIdentity(
  platform: Pick<Platform, 'clock' | 'nextId' | 'organizationId' | 'isMember'>,
  roles: RoleStore,
): RoleIdentity {
  const sessions = createSessions(platform);

  function judge(by: Principal, access: Asked, resource: string): Decision {
    if (access.action === 'sts:AssumeRole') return judgeAssumption(by, access, resource);
    const foreign = access.owner !== undefined && access.owner !== by.account;
    const question = questionOf(by, access, resource);
    const policies = access.resourcePolicy === undefined ? [] : [parsePolicy(access.resourcePolicy)];
    return decide(access.action, verdictOfIdentity(question), {
      verdict: evaluate(policies, question),
      called: 'resource-based policy',
      mustGrant: foreign || 'service' in by,
      foreign,
    });
  }

  /** A role that is too new, or in an account that is closed, is not there: nothing is told about it. */
  function judgeAssumption(by: Principal, access: Asked, arn: string): Decision {
    const role = assumable(arn);
    if (!role) return { allowed: false, because: '' };
    const question = questionOf(by, { ...access, owner: role.account }, arn);
    return decide(access.action, verdictOfIdentity(question), {
      verdict: evaluate([role.trust], question),
      called: 'role trust policy',
      mustGrant: true,
      foreign: role.account !== by.account,
    });
  }

  function assumable(arn: string): Role | undefined {
    const role = roles.settled(arn);
    return role && platform.isMember(role.account) ? role : undefined;
  }

  function questionOf(by: Principal, access: Asked, resource: string): Question {
    return {
      by,
      action: access.action,
      resource,
      keys: () => conditionKeys(platform, by, { ...access, resource }),
    };
  }

  /** Services and administrators have no policies that bind them. */
  function verdictOfIdentity(question: Question): Verdict {
    if ('service' in question.by || question.by.role === undefined) return 'granted';
    const role = roles.settled(question.by.role);
    return role ? evaluate([...role.inline.values(), ...role.attached.values()], question) : 'silent';
  }

  function refusal(by: Principal, access: Asked): AwsError | undefined {
    if (isUnbound(by, access)) return undefined;
    for (const resource of typeof access.resource === 'string' ? [access.resource] : access.resource) {
      const decision = judge(by, access, resource);
      if (!decision.allowed) return accessDenied(by, access.action, resource, decision.because);
    }
    return undefined;
  }

  function authorize(by: Principal, access: Asked) {
    const error = refusal(by, access);
    if (error) throw error;
  }

  return {
    assume(arn, sessionName, by, lifetime = anHour, context = {}) {
      authorize(by, { action: 'sts:AssumeRole', resource: arn, context });
      const role = assumable(arn);
      if (!role) throw accessDenied(by, 'sts:AssumeRole', arn, '');
      // Services renew the sessions of what they run, however long it takes.
      if (!('service' in by) && lifetime.seconds > role.maxSessionInSeconds) throw tooLong();
      return sessions.open(role, sessionName, lifetime);
    },
    sessionOf: (accessKeyId) => sessions.callerOf(accessKeyId),
    accountOf: (accessKeyId) => sessions.accountOf(accessKeyId),
    authorize,
    allows: (by, access) => refusal(by, access) === undefined,
  };
}

/** An administrator at home needs no look at policies, unless the resource has one that may deny. */
function isUnbound(by: Principal, { action, owner, resourcePolicy }: Asked): boolean {
  return (
    !('service' in by) &&
    by.role === undefined &&
    action !== 'sts:AssumeRole' &&
    resourcePolicy === undefined &&
    (owner ?? by.account) === by.account
  );
}

function accessDenied(by: Principal, action: string, resource: string, because: string): AwsError {
  const who = 'service' in by ? by.service : by.arn;
  const message = `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  return new AwsError('AccessDenied', message.trimEnd(), 403);
}

function tooLong(): AwsError {
  return new AwsError(
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  );
}
