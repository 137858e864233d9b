import { readFileSync } from 'node:fs';
import { purgeBuildVariables, purgeInstructions } from '#domain/purge/purge-build.ts';
import { loadBuildspec } from '../../src/buildspecs/load-buildspecs.ts';
import type { BuildMachine } from './stand-ins.ts';
import { runBuild, standInEngine } from './stand-ins.ts';
import { account, requestFrom, usualVariables } from './requests.ts';

const log = (name: string) => readFileSync(new URL(`../data/purge/${name}.log`, import.meta.url), 'utf8');
export const plans = { tag: { log: log('plan-by-tag') }, age: { log: log('plan-by-age') } };
export const runs = {
  'tag-run': { log: log('run-by-tag') },
  'age-run': { log: log('run-by-age'), status: 1 },
};

export const bus = 'arn:aws:events:eu-central-1:123456789012:event-bus/default';

export const answers = {
  'sts get-caller-identity': account,
  'ec2 describe-regions': 'eu-west-1',
  'efs describe-file-systems': ['arn:aws:elasticfilesystem:eu-west-1:200000000000:file-system/fs-1'],
  'sqs list-queues': ['https://sqs.eu-west-1.amazonaws.com/200000000000/jobs'],
  'sns list-topics': [
    'arn:aws:sns:eu-west-1:200000000000:SpaAlertTopic',
    'arn:aws:sns:eu-west-1:200000000000:known',
    'arn:aws:sns:eu-west-1:200000000000:edited',
  ],
  'resourcegroupstaggingapi get-resources': {
    ResourceTagMappingList: [
      {
        ResourceARN: 'arn:aws:sns:eu-west-1:200000000000:known',
        Tags: [{ Key: 'spa-first-seen', Value: '2026-01-01T00:00:00Z' }],
      },
      {
        ResourceARN: 'arn:aws:sns:eu-west-1:200000000000:edited',
        Tags: [{ Key: 'spa-first-seen', Value: 'for ever' }],
      },
    ],
  },
};

/** Types with dates of their own: nothing to stamp. */
const dated = { ...usualVariables, INCLUDED_TYPES: 'EC2Instance, S3Bucket, EMRCluster' };

/** Runs the build specification of a purge, with what the settings ask unless `variables` say otherwise. */
export function purge(
  variables: Readonly<Record<string, string>>,
  machine: Partial<BuildMachine> = {},
  asked = dated,
) {
  const instructions = purgeInstructions(requestFrom(asked), standInEngine.engine);
  return runBuild(loadBuildspec('purge'), {
    answers,
    engine: { ...plans, ...runs },
    ...machine,
    variables: {
      ENVIRONMENT_IDENTIFIER: 'SpaTest',
      EVENT_BUS_ARN: bus,
      ...usualVariables,
      ...purgeBuildVariables(instructions),
      ...variables,
    },
  });
}

export const succeeding = { ...plans, 'tag-run': { log: log('run-by-tag') } };
