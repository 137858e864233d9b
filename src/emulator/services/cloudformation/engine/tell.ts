import type { Platform } from '../../../platform.ts';
import { codeOf } from '../resources/gone.ts';
import type { ResourceState, ResourceStatus, Stack, StackStatus } from '../stack.ts';

type Teller = Pick<Platform, 'clock' | 'nextId'>;

/** Says where a resource stands, to whoever looks at the stack or at its events. */
export function tellResource(
  { clock, nextId }: Teller,
  stack: Stack,
  told: Omit<ResourceState, 'changedAt' | 'reason'> & { readonly reason?: string },
): void {
  const time = clock.now();
  const reason = told.reason;
  stack.states.set(told.logicalId, { ...told, reason, changedAt: time });
  stack.events.push({ ...told, id: `${told.logicalId}-${told.status}-${nextId()}`, reason, time });
}

/** Says where the whole stack stands. */
export function tellStack(
  { clock, nextId }: Teller,
  stack: Stack,
  status: StackStatus,
  reason?: string,
): void {
  const time = clock.now();
  stack.status = status;
  stack.reason = reason;
  const { name: logicalId, id: physicalId } = stack;
  const type = 'AWS::CloudFormation::Stack';
  stack.events.push({ id: nextId(), logicalId, physicalId, type, status, reason, time });
}

/** The reason why a resource could not be made, in the words of the service that refused. */
export function reasonOf(fault: unknown): string {
  const message = fault instanceof Error ? fault.message : String(fault);
  const code = codeOf(fault);
  return `Resource handler returned message: "${message}" (HandlerErrorCode: ${code})`;
}

export const failedStatus = (doing: 'CREATE' | 'UPDATE' | 'DELETE'): ResourceStatus => `${doing}_FAILED`;
