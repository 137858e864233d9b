import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { unlessGone } from './gone.ts';
import { document, number, tagList, tagsFrom, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';
import { tagChanges } from './tag-changes.ts';

const target = z.strictObject({
  Id: text,
  Arn: text,
  RoleArn: text.optional(),
  Input: text.optional(),
  InputPath: text.optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), text).optional(), InputTemplate: text })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: text }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: number.optional(),
      MaximumEventAgeInSeconds: number.optional(),
    })
    .optional(),
  SqsParameters: z.strictObject({ MessageGroupId: text }).optional(),
});

const shape = z.strictObject({
  Name: text.optional(),
  Description: text.optional(),
  EventBusName: text.optional(),
  EventPattern: document.optional(),
  ScheduleExpression: text.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  RoleArn: text.optional(),
  Targets: z.array(target).optional(),
  Tags: tagList,
});

type Rule = z.infer<typeof shape>;

/** AWS::Events::Rule */
export const eventsRule = defineResource({
  type: 'AWS::Events::Rule',
  shape,
  async create(rule, site) {
    const Name = rule.Name ?? site.givenName;
    const Arn = await put(Name, { ...rule, Tags: tagsFrom(rule.Tags, site.tags) }, site);
    await aim(Name, {}, rule, site);
    return { physicalId: Name, reference: Name, attributes: { Arn } };
  },
  async update({ resource: { physicalId: Name }, former, properties: rule }, site) {
    const { events } = site.clients;
    if (rule.Name !== former.Name || rule.EventBusName !== former.EventBusName) return undefined;
    const Arn = await put(Name, { ...rule, Tags: undefined }, site);
    await aim(Name, former, rule, site);
    const { added, removed } = tagChanges(former.Tags, rule.Tags);
    if (added.length > 0) await events.send(new TagResourceCommand({ ResourceARN: Arn, Tags: added }));
    if (removed.length > 0)
      await events.send(new UntagResourceCommand({ ResourceARN: Arn, TagKeys: removed }));
    return { physicalId: Name, reference: Name, attributes: { Arn } };
  },
  async remove({ physicalId: Name }, rule, site) {
    const { EventBusName } = rule;
    await unlessGone(aim(Name, rule, { EventBusName }, site));
    await unlessGone(site.clients.events.send(new DeleteRuleCommand({ Name, EventBusName })));
  },
});

async function put(Name: string, rule: Rule, { clients }: Site): Promise<string> {
  const { Targets: _, ...written } = rule;
  const { RuleArn = '' } = await clients.events.send(new PutRuleCommand({ ...written, Name }));
  return RuleArn;
}

/** Sets the targets of a rule, and takes those of before that it no longer has. */
async function aim(name: string, former: Rule, { EventBusName, Targets = [] }: Rule, { clients }: Site) {
  const rule = { Rule: name, EventBusName };
  const kept = new Set(Targets.map(({ Id }) => Id));
  const Ids = (former.Targets ?? []).map(({ Id }) => Id).filter((id) => !kept.has(id));
  if (Ids.length > 0) await clients.events.send(new RemoveTargetsCommand({ ...rule, Ids }));
  if (Targets.length === 0) return;
  const { FailedEntries } = await clients.events.send(new PutTargetsCommand({ ...rule, Targets }));
  for (const { ErrorCode = '', ErrorMessage = '' } of FailedEntries ?? [])
    throw new AwsError(ErrorCode, ErrorMessage);
}
