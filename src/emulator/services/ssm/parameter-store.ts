import type { Platform } from '../../platform.ts';
import type { Access, Call } from '../../service.ts';
import { describeParameters } from './describe-parameters.ts';
import { parameterArn, pathArn, referenceFrom } from './parameter-name.ts';
import { readParameters } from './read-parameters.ts';
import type { SsmPart } from './ssm-part.ts';
import { createShelves } from './stored-parameters.ts';
import { writeParameters } from './write-parameters.ts';

interface Named {
  readonly Name?: string | undefined;
  readonly Names?: readonly string[] | undefined;
}

/** Systems Manager Parameter Store: parameters by account and region, with versions, tiers and tags. */
export function createParameterStore(platform: Platform): SsmPart {
  const shelfOf = createShelves();
  const nameIn = (reference: string, call: Call) => referenceFrom(call, reference).name;

  const onNamed = ({ Name, Names }: Named, call: Call): Access => ({
    resource: (Names ?? [Name ?? '']).map((name) => parameterArn(call, nameIn(name, call))),
  });
  const onNew = ({ Name = '' }: Named, call: Call): Access => ({ resource: parameterArn(call, Name.trim()) });
  const onPath = ({ Path = '' }: { readonly Path?: string | undefined }, call: Call): Access => ({
    resource: pathArn(call, Path),
  });

  return {
    operations: {
      ...writeParameters(platform.clock, shelfOf),
      ...readParameters(shelfOf),
      DescribeParameters: describeParameters(shelfOf),
    },
    access: {
      PutParameter: onNew,
      GetParameter: onNamed,
      GetParameters: onNamed,
      GetParametersByPath: onPath,
      GetParameterHistory: onNamed,
      DeleteParameter: onNamed,
      DeleteParameters: onNamed,
    },
    taggable: {
      Parameter: {
        arnOf: (id, call) => parameterArn(call, nameIn(id, call)),
        tagsOf: (id, call) => shelfOf(call).find(nameIn(id, call))?.tags,
      },
    },
  };
}
