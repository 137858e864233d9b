import { AwsError } from '../../../aws-error.ts';

const notThere = /NotFound|NoSuch|NotExist|NonExistent/;

/** Removes what may have been removed by somebody else already. */
export async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (fault) {
    if (!notThere.test(codeOf(fault))) throw fault;
  }
}

/** What a service calls the fault. */
export function codeOf(fault: unknown): string {
  if (fault instanceof AwsError) return fault.code;
  return fault instanceof Error ? fault.name : '';
}
