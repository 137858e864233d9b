import { finding, notLookedAt, ok, type Diagnosis, type Sight } from './diagnosis.ts';
import { countOf, listOf } from './wording.ts';

/** Whether the holder of an account can log in to it. */
export interface HolderAccess {
  readonly account: string;
  readonly holder: string;
  readonly access: Sight<'assigned' | 'not assigned' | 'unknown person'>;
}

/** Holders of the accounts of the sample are assigned to them in Identity Center. */
export function holdersMayLogIn(looked: readonly HolderAccess[]): Diagnosis {
  const shut = looked.flatMap(({ account, holder, access }) => {
    if (!('seen' in access) || access.seen === 'assigned') return [];
    return [
      access.seen === 'unknown person' ? `${holder} is not known` : `${holder} is not assigned to ${account}`,
    ];
  });
  if (shut.length > 0) {
    return finding(
      `in Identity Center ${listOf(shut)}`,
      'assign the holders to their accounts in IAM Identity Center, or correct the holder tag',
    );
  }
  const unseen = looked.find(({ access }) => 'unseen' in access)?.access;
  const seen = looked.filter(({ access }) => 'seen' in access).length;
  if (seen === 0 && unseen && 'unseen' in unseen) return notLookedAt(unseen);
  return ok(`${countOf(seen, 'holder')} may log in to their accounts`);
}
