import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { csv } from '#adapters/csv/csv.ts';
import { workbook } from '#adapters/workbook/workbook.ts';
import type { CostReports } from '#ports/cost-reports.ts';

/** File systems take names of so many bytes; buckets take longer ones. */
const longestNameInBytes = 255;

/** Reports in a folder of this machine, each under its key. */
export function createLocalFolder(folder: string): CostReports {
  const pathOf = (key: string) => join(folder, ...withinFolder(key).split('/').map(shortened));
  return {
    formats: { csv, workbook },
    async keep({ key, body }) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, body);
    },
    addressOf: pathOf,
  };
}

/** A prefix of the settings may hold dots, which lead nowhere in a bucket, and here to other folders. */
const withinFolder = (key: string) => normalize(`/${key}`).slice(1);

function shortened(name: string): string {
  const bytes = Buffer.from(name);
  if (bytes.length <= longestNameInBytes) return name;
  const end = `-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}${/\.\w+$/.exec(name)?.[0] ?? ''}`;
  const start = bytes.subarray(0, longestNameInBytes - end.length).toString();
  return start.replace(/\uFFFD+$/, '') + end;
}
