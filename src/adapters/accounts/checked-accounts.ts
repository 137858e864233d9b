import { isAccountId } from '#domain/account.ts';
import { waitingStates, type UnreleasedAccounts } from '#domain/waiting-account.ts';
import { member } from '#events/shape.ts';
import type { AwsAccess } from '../aws/access.ts';
import { askFunction } from '../aws/ask-function.ts';

/** How many managed accounts there are, and which of them are not released. */
export interface CheckedAccounts {
  readonly accounts: number;
  readonly unreleased: UnreleasedAccounts;
}

export class AccountsNotChecked extends Error {
  override readonly name = 'AccountsNotChecked';
  constructor(functionName: string, reason: string) {
    super(`function ${functionName} cannot tell how accounts are: ${reason}`);
  }
}

/**
 * Asks the function that may list accounts, as people of the automation account may not. Throws AccountsNotChecked when
 * it fails, or is older than the question.
 */
export async function checkedAccounts(access: AwsAccess, functionName: string): Promise<CheckedAccounts> {
  const asked = await askFunction(access, functionName);
  if ('fault' in asked) throw new AccountsNotChecked(functionName, asked.fault);
  const accounts = member(asked.answer, 'accounts');
  const unreleased = member(asked.answer, 'unreleased');
  if (typeof accounts !== 'number' || !isUnreleased(unreleased))
    throw new AccountsNotChecked(functionName, 'it is older than this command: run npx spa deploy');
  return { accounts, unreleased };
}

function isUnreleased(value: unknown): value is UnreleasedAccounts {
  return waitingStates.every((state) => {
    const ids = member(value, state);
    return Array.isArray(ids) && ids.every(isAccountId);
  });
}
