import type { AccountId } from '#domain/account.ts';
import { administratorKey } from '../../../dispatch.ts';
import type { Directory, Member } from '../../organizations/directory.ts';
import { beginStack } from '../begin-stack.ts';
import { destroy, update } from '../engine/life.ts';
import { tellStack } from '../engine/tell.ts';
import type { Tools } from '../engine/tools.ts';
import type { Stack } from '../stack.ts';
import { isSame } from '../template/members.ts';
import type { StackSet } from './stack-set.ts';

/** Whatever can wait in simulated time. */
interface Sleeper {
  sleep(milliseconds: number): Promise<void>;
}

/** The stacks of stack sets: made, changed and deleted as administrator of the account that each is in. */
export function stackInstances(tools: Tools, directory: Directory) {
  const { platform, stacks } = tools;

  /** Regions in which the account is to have a stack of the set; the management account never has. */
  function regionsFor({ properties }: StackSet, { id, parent, state }: Member): readonly string[] {
    if (state !== 'ACTIVE' || id === platform.managementAccount) return [];
    const path = directory.pathTo(parent);
    const groups = (properties.StackInstancesGroup ?? []).filter(({ DeploymentTargets }) =>
      DeploymentTargets.OrganizationalUnitIds.some((unit) => path.includes(unit)),
    );
    return [...new Set(groups.flatMap(({ Regions }) => Regions))];
  }

  const keyOf = (account: string, region: string) => `${account} ${region}`;
  const instancesIn = (set: StackSet, account: string) =>
    [...set.instances.values()].filter((stack) => stack.account === account);

  function areDue(set: StackSet, account: string): boolean {
    const wanted = new Set(regionsFor(set, directory.member(account)));
    const there = instancesIn(set, account);
    return wanted.size !== there.length || there.some(({ region }) => !wanted.has(region));
  }

  function begin(set: StackSet, account: AccountId, region: string): Stack {
    const stack = beginStack(
      {
        name: `StackSet-${set.name}-${platform.nextId()}`,
        place: { account, region },
        definition: set.definition,
        accessKeyId: administratorKey(account),
      },
      tools,
    );
    set.instances.set(keyOf(account, region), stack);
    return stack;
  }

  function change(stack: Stack, { definition }: StackSet): readonly Stack[] {
    const { status } = stack;
    if (status !== 'CREATE_COMPLETE' && status !== 'UPDATE_COMPLETE') return [];
    if (isSame(stack.definition.template.text, definition.template.text)) return [];
    tellStack(platform, stack, 'UPDATE_IN_PROGRESS', 'Stack set operation');
    platform.clock.after(0, () => void update(stack, definition, tools));
    return [stack];
  }

  function drop(set: StackSet, stack: Stack): readonly Stack[] {
    set.instances.delete(keyOf(stack.account, stack.region));
    if (set.properties.AutoDeployment?.RetainStacksOnAccountRemoval) return [];
    // An account that has left the organization is out of reach.
    if (!platform.isMember(stack.account) || !stacks.find(stack, stack.id)) return [];
    tellStack(platform, stack, 'DELETE_IN_PROGRESS', 'Stack set operation');
    platform.clock.after(0, () => void destroy(stack, tools));
    return [stack];
  }

  function deployIn(set: StackSet, member: Member): readonly Stack[] {
    const wanted = new Set(regionsFor(set, member));
    const there = instancesIn(set, member.id);
    const missing = [...wanted].filter((region) => !set.instances.has(keyOf(member.id, region)));
    return [
      ...missing.map((region) => begin(set, member.id, region)),
      ...there.flatMap((stack) => (wanted.has(stack.region) ? change(stack, set) : drop(set, stack))),
    ];
  }

  return {
    /** Whether the stacks in an account are not those that the set asks for. */
    areDue,
    /** Brings the stacks in accounts to what the set asks for; answers those that have failed, and why. */
    async deploy(set: StackSet, members: readonly Member[], sleeper: Sleeper): Promise<readonly string[]> {
      const moving = members.flatMap((member) => deployIn(set, member));
      await settled(moving, sleeper);
      return moving
        .filter(({ status }) => !status.endsWith('_COMPLETE') || status.includes('ROLLBACK'))
        .map(({ account, status, reason = '' }) => `${account} ${status} ${reason}`);
    },
    async withdraw(set: StackSet, sleeper: Sleeper): Promise<void> {
      await settled(
        [...set.instances.values()].flatMap((stack) => drop(set, stack)),
        sleeper,
      );
    },
  };
}

async function settled(moving: readonly Stack[], { sleep }: Sleeper): Promise<void> {
  for (const stack of moving) while (stack.status.endsWith('IN_PROGRESS')) await sleep(1000);
}
