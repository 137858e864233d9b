/** Processor architectures of CodeBuild, in the words of `uname -m`. */
export const machines = ['x86_64', 'aarch64'] as const;
export type Machine = (typeof machines)[number];

/** Where a build finds the engine, and the only content that it accepts from there. */
export interface EngineArchive {
  readonly url: string;
  /** SHA-256 of the archive, 64 hexadecimal digits. */
  readonly sha256: string;
}

export type Engine = Readonly<Record<Machine, EngineArchive>>;

const version = '3.67.0';

const archive = (architecture: string, sha256: string): EngineArchive => ({
  url: `https://github.com/ekristen/aws-nuke/releases/download/v${version}/aws-nuke-v${version}-linux-${architecture}.tar.gz`,
  sha256,
});

/**
 * The engine of all purges, ekristen/aws-nuke: to upgrade it, change the version and both checksums here.
 * Checksums as published by its maintainer in the formula of that version (ekristen/homebrew-tap).
 */
export const purgeEngine: Engine = {
  x86_64: archive('amd64', 'cf4e048022bd971b874c8acebc82a4eb2a0cc114c2bd8d666c5b67891a0c46cb'),
  aarch64: archive('arm64', '58a13292356215f2093c9e5dc0bbf858ecf370d8df679433f9849b9f6462ea72'),
};
