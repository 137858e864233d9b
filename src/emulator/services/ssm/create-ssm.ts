import type { Platform } from '../../platform.ts';
import type { Service } from '../../service.ts';
import { createParameterStore } from './parameter-store.ts';
import { createOpsItems } from './ops-items.ts';
import type { SsmPart } from './ssm-part.ts';
import { createTagging } from './tagging.ts';

/** AWS Systems Manager, made of the parts that are there; tags are common to all of them. */
export function createSsm(platform: Platform): { readonly service: Service } {
  const parts: readonly SsmPart[] = [createParameterStore(platform), createOpsItems(platform)];
  const tagging = createTagging(merged(parts.map(({ taggable }) => taggable)));
  return {
    service: {
      name: 'ssm',
      protocol: { kind: 'json', version: '1.1', target: 'AmazonSSM' },
      operations: merged([...parts, tagging].map(({ operations }) => operations)),
      access: merged([...parts, tagging].map(({ access }) => access ?? {})),
    },
  };
}

function merged<T>(records: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}
