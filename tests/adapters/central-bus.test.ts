import { describe, expect, it } from 'vitest';
import { createCentralBus, EventsRefused } from '#adapters/event-bus/central-bus.ts';
import type { SystemEvent } from '#events/system-event.ts';
import { alice, openAccess, type Answer } from './support-access.ts';

const put = 'events.PutEvents';
const released: SystemEvent = { label: 'ReleasedAccount', account: alice };
const failed: SystemEvent = {
  label: 'FailedCodebuildException',
  payload: { account: alice, title: 'Codebuild event', message: 'it broke' },
};

function openBus(answers: Readonly<Record<string, Answer>> = {}) {
  const opened = openAccess(answers);
  const entriesOf = () =>
    opened
      .inputsOf(put)
      .map(({ Entries }) => (Entries as readonly { readonly DetailType: string }[]).map((e) => e.DetailType));
  return { ...opened, entriesOf, bus: createCentralBus(opened.access, 'SpaTest') };
}

/** Refuses the entries of one label, as often as told. */
function refusing(label: string, times: number): Answer {
  let left = times;
  return ({ Entries }) => {
    const refuse = left > 0;
    left -= 1;
    const answers = (Entries as readonly { readonly DetailType: string }[]).map(({ DetailType }) =>
      refuse && DetailType === label
        ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'later' }
        : { EventId: 'x' },
    );
    return { FailedEntryCount: answers.filter(({ ErrorCode }) => ErrorCode).length, Entries: answers };
  };
}

describe('when events are put on the bus', () => {
  it('writes them as the contract says', async () => {
    const { bus, inputsOf } = openBus();

    await bus.put(released, failed);

    expect(inputsOf(put)).toEqual([
      {
        Entries: [
          {
            Source: 'SustainablePersonalAccounts',
            DetailType: 'ReleasedAccount',
            Detail: JSON.stringify({ Account: alice, Environment: 'SpaTest' }),
          },
          {
            Source: 'SustainablePersonalAccounts',
            DetailType: 'FailedCodebuildException',
            Detail: JSON.stringify({
              ContentType: 'application/json',
              Environment: 'SpaTest',
              Payload: { account: alice, title: 'Codebuild event', message: 'it broke' },
            }),
          },
        ],
      },
    ]);
  });

  it('makes ten entries a call, and no call for nothing', async () => {
    const { bus, entriesOf } = openBus();

    await bus.put();
    await bus.put(...Array.from({ length: 23 }, () => released));

    expect(entriesOf().map(({ length }) => length)).toEqual([10, 10, 3]);
  });
});

describe('when a call succeeds, and single entries of it do not', () => {
  it('puts those again, and only those, after growing pauses', async () => {
    const { bus, entriesOf, sleeps } = openBus({ [put]: refusing('ReleasedAccount', 2) });

    await bus.put(failed, released);

    expect(entriesOf()).toEqual([
      ['FailedCodebuildException', 'ReleasedAccount'],
      ['ReleasedAccount'],
      ['ReleasedAccount'],
    ]);
    expect(sleeps).toEqual([1000, 2000]);
  });

  it('throws in the end, and names them: the failure is never taken for a success', async () => {
    const { bus, entriesOf } = openBus({ [put]: refusing('ReleasedAccount', Infinity) });
    const putting = bus.put(failed, released);

    await expect(putting).rejects.toThrow(EventsRefused);
    await expect(putting).rejects.toMatchObject({
      labels: ['ReleasedAccount'],
      message: 'EventBridge has refused ReleasedAccount: later',
    });
    expect(entriesOf()).toHaveLength(5);
  });
});
