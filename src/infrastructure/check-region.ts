import { RegionInfo } from 'aws-cdk-lib/region-info';

/** A region where nothing can be deployed. Only those of the partition `aws` are served: ARNs are written for it. */
export class UnknownRegion extends Error {
  override readonly name = 'UnknownRegion';
  readonly region: string;
  constructor(region: string, known: readonly string[]) {
    super(`"${region}" is no region that AWS is known to have: take one of ${known.join(', ')}`);
    this.region = region;
  }
}

const known = RegionInfo.regions.filter(({ partition }) => partition === 'aws').map(({ name }) => name);

/** Throws UnknownRegion. */
export function checkRegion(region: string): void {
  if (!known.includes(region)) throw new UnknownRegion(region, known);
}
