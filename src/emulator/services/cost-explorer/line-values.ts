import { notImplemented } from '../../aws-error.ts';
import { invalid } from './ce-refusals.ts';
import type { BilledLine } from './bill.ts';

/** What Cost Explorer knows of accounts beside their bills. */
export interface BilledAccounts {
  /** Tags of the account itself, which it lends to all of its costs. */
  tagsOf(account: string): Readonly<Record<string, string>>;
  /** Undefined when the organization does not know the account any more. */
  nameOf(account: string): string | undefined;
  readonly payer: string;
}

/** Reads off a line the value that it is grouped or filtered by. */
export type ReadValue = (line: BilledLine) => string;

const supported = {
  LINKED_ACCOUNT: ({ account }: BilledLine): string => account,
  RECORD_TYPE: ({ recordType }: BilledLine) => recordType,
  SERVICE: ({ service }: BilledLine) => service,
  USAGE_TYPE: ({ usageType }: BilledLine) => usageType,
} as const;

/** Dimensions of AWS that the bills of the local cloud say nothing of. */
const unsupported = new Set(
  (
    'AZ INSTANCE_TYPE OPERATION PURCHASE_TYPE REGION USAGE_TYPE_GROUP OPERATING_SYSTEM TENANCY SCOPE PLATFORM ' +
    'SUBSCRIPTION_ID LEGAL_ENTITY_NAME DEPLOYMENT_OPTION DATABASE_ENGINE CACHE_ENGINE INSTANCE_TYPE_FAMILY ' +
    'BILLING_ENTITY RESERVATION_ID RESOURCE_ID RIGHTSIZING_TYPE SAVINGS_PLANS_TYPE SAVINGS_PLAN_ARN PAYMENT_OPTION ' +
    'INVOICING_ENTITY'
  ).split(' '),
);

/** Throws ValidationException for what is no dimension, and NotImplemented for those that bills do not tell. */
export function dimensionReader(key: string | undefined, { payer }: BilledAccounts): ReadValue {
  if (key === 'PAYER_ACCOUNT') return () => payer;
  if (key !== undefined && Object.hasOwn(supported, key)) return supported[key as keyof typeof supported];
  if (unsupported.has(key ?? '')) throw notImplemented('ce', `dimension ${key}`);
  throw invalid(`Dimension is invalid: ${key}`);
}

/** Value of a tag of the account; empty when it bears none of that key. */
export function tagReader(key: string | undefined, { tagsOf }: BilledAccounts): ReadValue {
  if (!key) throw invalid('TagKey must not be empty');
  return ({ account }) => tagsOf(account)[key] ?? '';
}
