import type { Passage } from '#domain/lifecycle.ts';
import type { OpenTransaction } from './transaction.ts';

const failed = {
  'on-boarding': {
    label: 'FailedOnBoardingException',
    title: (account: string) => `Failed on-boarding of account '${account}'`,
  },
  maintenance: {
    label: 'FailedMaintenanceException',
    title: (account: string) => `Failed maintenance of account '${account}'`,
  },
} as const;

const otherwise = {
  label: 'GenericException',
  title: (account: string) => `Exception on account '${account}'`,
} as const;

/**
 * What people are told of a transaction that was not over at its deadline. It bears the identifier that the failure of
 * its last try would bear, so that both are one.
 */
export function failureOf(open: OpenTransaction, passage: Passage | undefined) {
  const { account, transaction, identifier } = open;
  const { label, title } = isKnown(transaction) ? failed[transaction] : otherwise;
  const told = passage ? `${passage.transition}-${passage.phase}` : identifier;
  return {
    label,
    payload: {
      account,
      title: title(account),
      message: [
        `The ${transaction} of account ${account} began at ${timeOf(open)} and was not over at its deadline.`,
        passage
          ? `Its ${passage.phase} is at try ${passage.tries}${passage.build ? `, build ${passage.build}` : ''}.`
          : 'Nothing is on record of the work in the account.',
      ].join('\n\n'),
      identifier: `${label}-${account}-${told}`,
    },
  } as const;
}

const isKnown = (transaction: string): transaction is keyof typeof failed =>
  Object.hasOwn(failed, transaction);

const timeOf = ({ begin }: OpenTransaction) => `${new Date(begin * 1000).toISOString().slice(0, 19)}Z`;
