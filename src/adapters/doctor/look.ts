import { shortened, onOneLine } from '#domain/incidents/plain-text.ts';
import type { Sight } from '#domain/doctor/diagnosis.ts';

const longestReason = 300;

/** Looks at AWS. What AWS refuses, or does not answer, is something not seen; a fault of our own is thrown as ever. */
export async function look<T>(run: () => Promise<T>): Promise<Sight<T>> {
  try {
    return { seen: await run() };
  } catch (fault) {
    if (!(fault instanceof Error) || !isOfAws(fault)) throw fault;
    const remedy = remedyFor(fault);
    return { unseen: reasonOf(fault), ...(remedy === undefined ? {} : { remedy }) };
  }
}

/** Looks from somewhere, where that is open. */
export async function lookFrom<From, T>(
  from: Sight<From>,
  run: (from: From) => Promise<T>,
): Promise<Sight<T>> {
  return 'seen' in from ? look(() => run(from.seen)) : from;
}

/** Why, on one line, as AWS has worded it. */
export function reasonOf(fault: Error): string {
  const { cause } = fault;
  const told = cause instanceof Error && cause.message ? cause : fault;
  return shortened(onOneLine(`${told.name}: ${told.message}`), longestReason);
}

export const isRefusal = ({ name }: Error): boolean =>
  /^(AccessDenied|Unauthorized|AuthorizationError)/.test(name);

/** What the SDK throws bears a note of its tries, when it has begun any. */
const isOfAws = (fault: Error): boolean =>
  '$metadata' in fault || withoutTries.has(fault.name) || fault.name === 'RoleNotAssumable';

const withoutTries = new Set(['CredentialsProviderError', 'TokenProviderError', 'TimeoutError']);

function remedyFor(fault: Error): string | undefined {
  if (isRefusal(fault)) return 'allow it to the credentials at hand, or take others';
  if ('code' in fault || fault.name === 'TimeoutError')
    return 'check the network, the region and AWS_ENDPOINT_URL';
  return undefined;
}
