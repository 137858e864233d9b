import type {
  CreateOrganizationalUnitCommandInput,
  DeleteOrganizationalUnitCommandInput,
  DescribeOrganizationalUnitCommandInput,
  ListChildrenCommandInput,
  ListOrganizationalUnitsForParentCommandInput,
  ListParentsCommandInput,
  UpdateOrganizationalUnitCommandInput,
} from '@aws-sdk/client-organizations';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { recorded } from '../../trail.ts';
import { pageSize } from './page-size.ts';
import type { Directory, Unit } from './directory.ts';
import type { TagStore } from './tags.ts';

const source = 'aws.organizations';

/** The root and the units of the organization. */
export function unitOperations(platform: Platform, directory: Directory, tags: TagStore) {
  const described = ({ id, name, parent }: Unit) => ({
    Id: id,
    Arn: directory.unitArn(id),
    Name: name,
    Path: `${[directory.organizationId, directory.root, ...directory.pathTo(parent), id].join('/')}/`,
  });

  const childrenOf = (parent: string) => directory.units().filter((unit) => unit.parent === parent);
  const accountsIn = (parent: string) => directory.members().filter((member) => member.parent === parent);

  function parentOf(child: string): string {
    const member = directory.findMember(child);
    if (member) return member.parent;
    const unit = directory.units().find(({ id }) => id === child);
    if (!unit)
      throw new AwsError(
        'ChildNotFoundException',
        "We can't find an organizational unit or account with that ID.",
      );
    return unit.parent;
  }

  function refuseTwin(name: string | undefined, parent: string, except?: string) {
    if (childrenOf(parent).some((unit) => unit.name === name && unit.id !== except)) {
      throw new AwsError('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');
    }
  }

  return {
    DescribeOrganization: () => ({
      Organization: {
        Id: directory.organizationId,
        Arn: `arn:aws:organizations::${directory.managementAccount}:organization/${directory.organizationId}`,
        FeatureSet: 'ALL',
        MasterAccountArn: directory.accountArn(directory.managementAccount),
        MasterAccountId: directory.managementAccount,
        MasterAccountEmail: directory.findMember(directory.managementAccount)?.email ?? '',
      },
    }),
    ListRoots: () => ({
      Roots: [
        {
          Id: directory.root,
          Arn: `arn:aws:organizations::${directory.managementAccount}:root/${directory.organizationId}/${directory.root}`,
          Name: 'Root',
          PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
        },
      ],
    }),
    ListParents(input: ListParentsCommandInput) {
      const parent = parentOf(input.ChildId ?? '');
      return { Parents: [{ Id: parent, Type: parent === directory.root ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
    },
    ListChildren(input: ListChildrenCommandInput) {
      const parent = input.ParentId ?? '';
      directory.pathTo(parent);
      const all = input.ChildType === 'ACCOUNT' ? accountsIn(parent) : childrenOf(parent);
      const page = pageOf(all, input.NextToken, pageSize(input.MaxResults));
      return {
        Children: page.items.map(({ id }) => ({ Id: id, Type: input.ChildType })),
        NextToken: page.next,
      };
    },
    ListOrganizationalUnitsForParent(input: ListOrganizationalUnitsForParentCommandInput) {
      directory.pathTo(input.ParentId ?? '');
      const page = pageOf(childrenOf(input.ParentId ?? ''), input.NextToken, pageSize(input.MaxResults));
      return { OrganizationalUnits: page.items.map(described), NextToken: page.next };
    },
    DescribeOrganizationalUnit: (input: DescribeOrganizationalUnitCommandInput) => ({
      OrganizationalUnit: described(directory.unit(input.OrganizationalUnitId ?? '')),
    }),
    CreateOrganizationalUnit(input: CreateOrganizationalUnitCommandInput, call: Call) {
      const { ParentId = '', Name } = input;
      return recorded(platform, call, { source, parameters: { parentId: ParentId, name: Name } }, () => {
        directory.pathTo(ParentId);
        if (!Name) throw new AwsError('InvalidInputException', 'Name is required.');
        refuseTwin(Name, ParentId);
        const suffix = platform.nextId().replaceAll('-', '').slice(0, 8);
        const unit: Unit = { id: `ou-${directory.root.slice(2)}-${suffix}`, name: Name, parent: ParentId };
        if (input.Tags?.length) tags.put(unit.id, input.Tags);
        directory.putUnit(unit);
        return { OrganizationalUnit: described(unit) };
      });
    },
    UpdateOrganizationalUnit(input: UpdateOrganizationalUnitCommandInput, call: Call) {
      const parameters = { organizationalUnitId: input.OrganizationalUnitId, name: input.Name };
      return recorded(platform, call, { source, parameters }, () => {
        const unit = directory.unit(input.OrganizationalUnitId ?? '');
        refuseTwin(input.Name, unit.parent, unit.id);
        const renamed: Unit = { ...unit, name: input.Name ?? unit.name };
        directory.putUnit(renamed);
        return { OrganizationalUnit: described(renamed) };
      });
    },
    DeleteOrganizationalUnit(input: DeleteOrganizationalUnitCommandInput, call: Call) {
      const id = input.OrganizationalUnitId ?? '';
      return recorded(platform, call, { source, parameters: { organizationalUnitId: id } }, () => {
        directory.unit(id);
        if (accountsIn(id).length > 0 || childrenOf(id).length > 0) {
          throw new AwsError('OrganizationalUnitNotEmptyException', 'The specified OU is not empty.');
        }
        directory.removeUnit(id);
        tags.forget(id);
        return {};
      });
    },
  };
}
