import type { Access, Call, Service } from '../../service.ts';
import { buildIdIn, projectArn, projectNameIn, projectOfBuild } from './arns.ts';

interface Named {
  readonly name?: string;
  readonly projectName?: string;
  readonly names?: readonly string[];
}

interface OfBuilds {
  readonly id?: string;
  readonly ids?: readonly string[];
}

/** CodeBuild gives permissions by project, those on builds too; lists of everything have no resource. */
export const access: NonNullable<Service['access']> = {
  CreateProject: onProjects,
  UpdateProject: onProjects,
  DeleteProject: onProjects,
  BatchGetProjects: onProjects,
  ListBuildsForProject: onProjects,
  StartBuild: onProjects,
  StopBuild: onBuilds,
  RetryBuild: onBuilds,
  BatchGetBuilds: onBuilds,
};

function onProjects({ name, projectName, names }: Named, call: Call): Access {
  return onEach(names ?? [projectName ?? name ?? ''], call, (text) => projectNameIn(call, text));
}

function onBuilds({ id, ids }: OfBuilds, call: Call): Access {
  return onEach(ids ?? [id ?? ''], call, (text) => projectOfBuild(buildIdIn(call, text)));
}

function onEach(texts: readonly string[], call: Call, nameOf: (text: string) => string): Access {
  return { resource: [...new Set(texts.map((text) => projectArn(call, nameOf(text))))] };
}
