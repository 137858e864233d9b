import type { Place } from './places.ts';

type Where = Pick<Place, 'account' | 'region'>;

const prefix = ({ account, region }: Where) => `arn:aws:codebuild:${region}:${account}:`;

export const projectArn = (where: Where, name: string) => `${prefix(where)}project/${name}`;

export const buildArn = (where: Where, id: string) => `${prefix(where)}build/${id}`;

/** Projects may be named by their ARN as well. */
export function projectNameIn(where: Where, nameOrArn: string): string {
  const own = projectArn(where, '');
  return nameOrArn.startsWith(own) ? nameOrArn.slice(own.length) : nameOrArn;
}

/** Builds may be named by their ARN as well. */
export function buildIdIn(where: Where, idOrArn: string): string {
  const own = buildArn(where, '');
  return idOrArn.startsWith(own) ? idOrArn.slice(own.length) : idOrArn;
}

/** The identifier of a build begins with the name of its project. */
export const projectOfBuild = (id: string) => id.slice(0, Math.max(0, id.lastIndexOf(':')));
