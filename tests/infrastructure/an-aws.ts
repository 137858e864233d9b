import { NoCredentials, type Cloud } from '#cli/deployment/cloud.ts';
import type { Data } from '#cli/deployment/data.ts';
import type { DestroySurroundings } from '#cli/deployment/destroy.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { SynthesizedStack } from '#infrastructure/synthesize.ts';
import type { PlacedStack } from '#infrastructure/system-app.ts';
import { systemOf } from './system-of.ts';

/** What an account of AWS holds, as far as deployments change it. */
export interface AnAws {
  /** Stacks with their parameters. */
  readonly stacks: Map<string, readonly string[]>;
  readonly deleted: Data[];
  readonly secretsOf: string[];
  /** Whether the changes of permissions were approved without being asked. */
  approved: boolean;
  readonly surroundings: DestroySurroundings;
}

interface Circumstances {
  /** Of the credentials; none where it is undefined. */
  readonly account: string | undefined;
  readonly organization?: string | undefined;
  readonly isBootstrapped?: boolean;
  /** Descriptions by name. */
  readonly roles?: Readonly<Record<string, string>>;
  /** The CDK comes to grief. */
  readonly isBroken?: boolean;
}

/** An AWS that can be deployed to, in which everything is as it should be but what is said. */
export function anAws(circumstances: Circumstances): AnAws {
  const { account, isBootstrapped = true, roles = {}, isBroken = false } = circumstances;
  const organization = 'organization' in circumstances ? circumstances.organization : 'o-a1b2c3d4e5';
  const aws: AnAws = {
    stacks: new Map(),
    deleted: [],
    secretsOf: [],
    approved: false,
    surroundings: {
      reachCloud: () => cloud,
      synthesize: async (settings) => stacksFor(settings),
      async runCdk([command, ...args]) {
        if (isBroken) return 1;
        const names = args.filter((arg) => !arg.startsWith('--'));
        const parameters = args.filter((arg) => arg.startsWith('--parameters='));
        aws.approved = args.includes('--require-approval=never');
        for (const name of names) {
          if (command === 'deploy') aws.stacks.set(name, parameters);
          if (command === 'destroy') aws.stacks.delete(name);
        }
        return 0;
      },
      deleteData: async (_, data) => void aws.deleted.push(data),
    },
  };
  const cloud: Cloud = {
    async callerAccount() {
      if (account === undefined) throw new NoCredentials(new Error('none found'));
      return account;
    },
    organizationId: async () => organization,
    isBootstrapped: async () => isBootstrapped,
    descriptionOfRole: async (name) => roles[name],
    putSecrets: async ({ environment }) => void aws.secretsOf.push(environment),
  };
  return aws;
}

/** The CDK takes its time: stacks of the same settings are made once. */
const known = new Map<string, readonly SynthesizedStack[]>();

function stacksFor(settings: Settings): readonly SynthesizedStack[] {
  const key = JSON.stringify(settings);
  const stacks = known.get(key) ?? systemOf(settings).stacks.map(describe);
  known.set(key, stacks);
  return stacks;
}

const describe = ({ stack, place }: PlacedStack): SynthesizedStack => ({
  name: stack.stackName,
  place,
  ...(place === 'member'
    ? { account: undefined, region: undefined }
    : { account: stack.account, region: stack.region }),
  templateFile: '',
  templateBytes: 0,
  resources: 0,
});
