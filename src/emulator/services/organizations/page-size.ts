import { AwsError } from '../../aws-error.ts';

const mostPerPage = 20;

/** Items that a page holds, 20 at most. Throws InvalidInputException for pages of nothing, which would never end. */
export function pageSize(asked = mostPerPage): number {
  if (asked < 1) throw new AwsError('InvalidInputException', 'MaxResults is less than 1.');
  return Math.min(asked, mostPerPage);
}
