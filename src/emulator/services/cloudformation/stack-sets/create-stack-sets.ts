import { AwsError } from '../../../aws-error.ts';
import type { Directory, Member } from '../../organizations/directory.ts';
import { defineResource, type ResourceProvider } from '../resources/resource-provider.ts';
import { tagObject } from '../resources/property-shapes.ts';
import type { Tools } from '../engine/tools.ts';
import type { StackDefinition } from '../stack.ts';
import { parameterValues } from '../template/parameters.ts';
import { readTemplate } from '../template/template.ts';
import { stackInstances } from './stack-instances.ts';
import { stackSetShape, type StackSet, type StackSetProperties } from './stack-set.ts';

/** Some time after an account has come or moved, its stacks follow. */
const deploymentDelayInMilliseconds = 30_000;

/** AWS::CloudFormation::StackSet: stacks in all accounts of units, those to come included. */
export function createStackSets(tools: Tools, directory: Directory): ResourceProvider {
  const { platform } = tools;
  const sets = new Map<string, StackSet>();
  const instances = stackInstances(tools, directory);

  directory.watch((member) => {
    for (const set of sets.values()) if (set.properties.AutoDeployment?.Enabled) follow(set, member);
  });

  function follow(set: StackSet, { id }: Member): void {
    if (!instances.areDue(set, id)) return;
    platform.clock.after(deploymentDelayInMilliseconds, async (work) => {
      if (sets.has(set.name)) await instances.deploy(set, [directory.member(id)], work);
    });
  }

  return defineResource({
    type: 'AWS::CloudFormation::StackSet',
    shape: stackSetShape,
    async create(properties, site) {
      const { StackSetName: name } = properties;
      if (site.account !== platform.managementAccount)
        throw new AwsError(
          'ValidationError',
          'You must be the management account or delegated admin account of an organization to operate a SERVICE_MANAGED stack set',
        );
      if (sets.has(name)) throw new AwsError('NameAlreadyExistsException', `StackSet ${name} already exists`);
      const definition = await definitionOf(properties, site.tags);
      const id = `${name}:${platform.nextId()}`;
      const set: StackSet = { id, name, properties, definition, instances: new Map() };
      sets.set(name, set);
      await deployEverywhere(set, site);
      return { physicalId: id, reference: id, attributes: { StackSetId: id } };
    },
    async update({ resource, former, properties }, site) {
      const set = sets.get(former.StackSetName);
      if (!set || properties.StackSetName !== former.StackSetName) return undefined;
      set.properties = properties;
      set.definition = await definitionOf(properties, site.tags);
      await deployEverywhere(set, site);
      return resource;
    },
    async remove(_, { StackSetName }, site) {
      const set = sets.get(StackSetName);
      sets.delete(StackSetName);
      if (set) await instances.withdraw(set, site);
    },
  });

  async function deployEverywhere(
    set: StackSet,
    site: Parameters<typeof instances.deploy>[2],
  ): Promise<void> {
    const { FailureToleranceCount: count = 0, FailureTolerancePercentage: percentage } =
      set.properties.OperationPreferences ?? {};
    const failed = await instances.deploy(set, directory.members(), site);
    const tolerated = percentage === undefined ? count : (set.instances.size * percentage) / 100;
    if (failed.length > tolerated)
      throw new AwsError('StackSetOperationFailed', `Stacks of the set have failed: ${failed.join('; ')}`);
  }
}

async function definitionOf(
  { TemplateBody, Parameters = [], Capabilities = [], Tags }: StackSetProperties,
  tagsOfStack: Readonly<Record<string, string>>,
): Promise<StackDefinition> {
  const template = readTemplate(TemplateBody);
  const lookUp = async (name: string): Promise<string> => {
    throw new AwsError('ValidationError', `Parameters of Parameter Store (${name}) are not known here`, 501);
  };
  const parameters = await parameterValues(template, Parameters, new Map(), lookUp);
  return { template, parameters, tags: tagObject(Tags, tagsOfStack), capabilities: Capabilities };
}
