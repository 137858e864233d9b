import type { AccountId } from '#domain/account.ts';
import type { Equipment } from '#domain/equipment.ts';

export type BuildStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMED_OUT' | 'FAULT';

/** What is told of a build that its role keeps from starting; the role can be put right, and the build started again. */
export class BuildRoleRefused extends Error {
  override readonly name = 'BuildRoleRefused';
  readonly project: string;
  constructor(project: string, cause: unknown) {
    super(
      `CodeBuild cannot take the role of ${project}: somebody has removed the role, or changed its trust; each try puts it right, unless a service control policy forbids that`,
      { cause },
    );
    this.project = project;
  }
}

/** An account has so many builds under way as its quota allows, perhaps none at all. */
export class NoRoomForBuild extends Error {
  override readonly name = 'NoRoomForBuild';
  readonly project: string;
  constructor(project: string, cause: unknown) {
    super(`CodeBuild has no room for a build of ${project}: request a higher quota in that account`, {
      cause,
    });
    this.project = project;
  }
}

/** Work in a member account, reached through the chain of two roles. */
export interface Workshop {
  /**
   * Puts into the account what is missing or changed, and takes away only what the system has put there. `thoroughly`
   * looks behind the mark of an earlier visit. Throws BuildRoleRefused where that mark was believed wrongly.
   */
  equip(account: AccountId, equipment: Equipment, options: { readonly thoroughly: boolean }): Promise<void>;
  /**
   * Starts a build once for one token, however often it is called; gives its ARN. A build that runs already is taken
   * over. Throws BuildRoleRefused, NoRoomForBuild.
   */
  start(account: AccountId, project: string, token: string): Promise<string>;
  /**
   * ARN of the latest build of a project that has begun since a moment (epoch seconds), whatever became of it; undefined
   * when there is none, and when the account lets nobody in: none has begun then.
   */
  begunSince(account: AccountId, project: string, moment: number): Promise<string | undefined>;
  /** Undefined when the account knows no such build. */
  statusOf(account: AccountId, build: string): Promise<BuildStatus | undefined>;
}
