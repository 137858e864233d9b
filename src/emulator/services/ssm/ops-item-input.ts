import type {
  CreateOpsItemCommandInput,
  OpsItemDataValue,
  UpdateOpsItemCommandInput,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../aws-error.ts';
import { opsItemType } from './ops-item.ts';
import { refuseMembers, violation } from './refusals.ts';

const most = {
  title: 1024,
  description: 2048,
  source: 128,
  category: 64,
  severity: 64,
  dataKey: 128,
  dataBytes: 20 * 1024,
} as const;

type Input = CreateOpsItemCommandInput & UpdateOpsItemCommandInput;

/** Throws for what AWS forbids, and for what would have to be ignored. */
export function checkOpsItem(operation: string, input: Partial<Input>): void {
  refuseMembers(operation, {
    AccountId: input.AccountId,
    Notifications: input.Notifications?.length ? input.Notifications : undefined,
    ActualStartTime: input.ActualStartTime,
    ActualEndTime: input.ActualEndTime,
    PlannedStartTime: input.PlannedStartTime,
    PlannedEndTime: input.PlannedEndTime,
    OpsItemType: input.OpsItemType === opsItemType ? undefined : input.OpsItemType,
  });
  checkLength('title', input.Title, most.title);
  checkLength('description', input.Description, most.description);
  checkLength('source', input.Source, most.source);
  checkLength('category', input.Category, most.category);
  checkLength('severity', input.Severity, most.severity);
  const { Priority: priority } = input;
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 1 && priority <= 5))
    throw violation('priority', priority, 'be between 1 and 5');
  if (/aws|amazon|amzn/i.test(input.Source ?? ''))
    throw invalidParameter('Source', 'Source names cannot contain aws, amazon, or amzn.');
  for (const [key, value] of Object.entries(input.OperationalData ?? {})) checkData(key, value);
}

function checkLength(member: string, text: string | undefined, longest: number): void {
  if (text === undefined) return;
  if (text.trim() === '') throw violation(member, text, 'not be blank');
  if (text.length > longest) throw violation(member, text, `have length less than or equal to ${longest}`);
}

const reserved = /^\/?(amazon|aws|amzn|ssm)/i;
const known = new Set(['/aws/resources', '/aws/dedup', '/aws/automations']);

function checkData(key: string, { Value: value = '', Type: type }: OpsItemDataValue): void {
  checkLength('operationalData.key', key, most.dataKey);
  if (reserved.test(key) && !known.has(key))
    throw invalidParameter('OperationalData', `The key ${key} begins with a name that is reserved.`);
  if (value.trim() === '') throw violation('operationalData.value', value, 'not be blank');
  if (Buffer.byteLength(value) > most.dataBytes)
    throw invalidParameter('OperationalData', `The value of ${key} is larger than 20 KB.`);
  if (type !== undefined && type !== 'String' && type !== 'SearchableString')
    throw violation('operationalData.type', type, 'satisfy enum value set: [SearchableString, String]');
}

export const invalidParameter = (name: string, message: string) =>
  new AwsError('OpsItemInvalidParameterException', message, 400, { ParameterNames: [name] });
