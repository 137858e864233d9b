import type { Platform, ServicePrincipal } from '../platform.ts';
import type { Access, Caller } from '../service.ts';
import type { ConditionKeys } from './conditions.ts';

/** What the conditions of policies may ask about a request; a key that is not here is refused as unknown. */
export function conditionKeys(
  platform: Pick<Platform, 'clock' | 'organizationId' | 'isMember'>,
  by: Caller | ServicePrincipal,
  access: Pick<Access, 'context' | 'owner'> & { readonly resource: string },
): ConditionKeys {
  const now = platform.clock.now();
  const keys = new Map<string, string | undefined>([
    ['aws:securetransport', 'true'],
    ['aws:currenttime', new Date(now).toISOString()],
    ['aws:epochtime', String(Math.floor(now / 1000))],
    ['aws:sourceowner', by.account],
    ['aws:resourceaccount', access.owner ?? by.account],
    ['sts:externalid', undefined],
    ['iam:passedtoservice', undefined],
    ...keysOfPrincipal(by, platform.isMember(by.account) ? platform.organizationId : undefined),
  ]);
  const region = access.resource.split(':')[3];
  if (region) keys.set('aws:requestedregion', region);
  for (const [key, value] of Object.entries(access.context ?? {})) keys.set(key.toLowerCase(), value);
  return keys;
}

function keysOfPrincipal(by: Caller | ServicePrincipal, organization: string | undefined) {
  const service = 'service' in by ? by : undefined;
  const caller = 'service' in by ? undefined : by;
  return [
    ['aws:principalarn', caller?.role ?? caller?.arn],
    ['aws:principalaccount', caller?.account],
    ['aws:principalorgid', caller && organization],
    ['aws:userid', caller?.userId],
    ['aws:principalisawsservice', String(service !== undefined)],
    ['aws:principalservicename', service?.service],
    ['aws:sourcearn', service?.source],
    ['aws:sourceaccount', service?.account],
    ['aws:sourceorgid', service && organization],
  ] as const;
}
