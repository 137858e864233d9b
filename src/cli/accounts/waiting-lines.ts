import type { WaitingAccount } from '#domain/waiting-account.ts';

/** One line for each account, as the doctor writes them: those that wait for a person come first. */
export function waitingLines(waiting: readonly WaitingAccount[]): readonly string[] {
  const byTurn = (wanted: WaitingAccount['turn']) => waiting.filter(({ turn }) => turn === wanted);
  return [...byTurn('person'), ...byTurn('system')].map(({ account, state, turn, reason, next }) => {
    const mark = turn === 'person' ? '✗' : '…';
    return `${mark} ${account}  ${state.padEnd(8)}  ${reason} → ${next}`;
  });
}
