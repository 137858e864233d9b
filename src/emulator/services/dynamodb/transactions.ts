import type { TransactWriteItem, TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../aws-error.ts';
import type { SimulatedClock } from '../../clock.ts';
import type { Call } from '../../service.ts';
import { consumedCapacities } from './capacity.ts';
import { positionText } from './key-position.ts';
import type { OnWire } from './on-wire.ts';
import { tableAddress, tableArn, type Tables } from './tables.ts';
import { constraintViolated, validationException } from './validation-exception.ts';
import { checkRequest, deleteRequest, putRequest, updateRequest } from './write-requests.ts';
import { carryOut, decide, unitsOf, type DecidedWrite, type Write } from './write.ts';

type Authorize = (action: string, resource: string, call: Call) => void;

const mostActions = 100;
const tokenLifeInMilliseconds = 10 * 60 * 1000;

/** All writes of a transaction happen, or none; the reasons of a refusal stand in the order of the writes. */
export function createTransactWriteItems(tables: Tables, clock: SimulatedClock, authorize: Authorize) {
  const tokens = createTokens(clock);

  return (input: OnWire<TransactWriteItemsCommandInput>, call: Call) => {
    const items = input.TransactItems ?? [];
    if (items.length === 0 || items.length > mostActions) {
      const bound =
        items.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${mostActions}`;
      throw constraintViolated('[...]', 'transactItems', `Member must have length ${bound}`);
    }
    for (const item of items) authorizeItem(item, call, authorize);
    const token = input.ClientRequestToken;
    if (token !== undefined && tokens.seen(`${call.account} ${token}`, items)) return {};
    const writes = items.map((item) => writeFrom(item, tables, call));
    const places = writes.map(({ table, position }) => `${table.arn} ${positionText(position)}`);
    if (new Set(places).size < places.length) {
      throw validationException('Transaction request cannot include multiple operations on one item');
    }
    const decided = decideAll(writes);
    for (const each of decided) carryOut(each);
    if (token !== undefined) tokens.remember(`${call.account} ${token}`, items);
    const used = decided.map((each) => [each.table.name, 2 * unitsOf(each)] as const);
    return consumedCapacities(input.ReturnConsumedCapacity, used);
  };
}

/** There is no permission for transactions: each action needs that of its single form. */
function authorizeItem(item: OnWire<TransactWriteItem>, call: Call, authorize: Authorize) {
  const { ConditionCheck: check, Put: put, Update: update, Delete: remove } = item;
  const request = check ?? put ?? update ?? remove;
  if (!request || [check, put, update, remove].filter(Boolean).length > 1) {
    throw validationException('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const action = check ? 'ConditionCheckItem' : put ? 'PutItem' : update ? 'UpdateItem' : 'DeleteItem';
  authorize(`dynamodb:${action}`, tableArn(tableAddress(request.TableName, call)), call);
}

function writeFrom(item: OnWire<TransactWriteItem>, tables: Tables, call: Call): Write {
  const { ConditionCheck: check, Put: put, Update: update, Delete: remove } = item;
  const table = tables.find((check ?? put ?? update ?? remove)?.TableName, call);
  if (check) return checkRequest(table, check);
  if (put) return putRequest(table, put, 'lenient');
  return update ? updateRequest(table, update, 'lenient') : deleteRequest(table, remove ?? {}, 'lenient');
}

/** Throws TransactionCanceledException when any of the writes is refused. */
function decideAll(writes: readonly Write[]): readonly DecidedWrite[] {
  const outcomes = writes.map(outcomeOf);
  const reasons = outcomes.map((outcome) =>
    'refused' in outcome ? reasonOf(outcome.refused) : { Code: 'None' },
  );
  if (outcomes.some((outcome) => 'refused' in outcome)) {
    const codes = reasons.map(({ Code }) => Code).join(', ');
    throw new AwsError(
      'TransactionCanceledException',
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
      400,
      { CancellationReasons: reasons },
    );
  }
  return outcomes.flatMap((outcome) => ('decided' in outcome ? [outcome.decided] : []));
}

type Outcome = { readonly decided: DecidedWrite } | { readonly refused: AwsError };

function outcomeOf(write: Write): Outcome {
  try {
    return { decided: decide(write) };
  } catch (thrown) {
    if (thrown instanceof AwsError) return { refused: thrown };
    throw thrown;
  }
}

function reasonOf({ code, message, members }: AwsError) {
  const Code = code === 'ConditionalCheckFailedException' ? 'ConditionalCheckFailed' : 'ValidationError';
  return { Code, Message: message, ...members };
}

/** A transaction that comes again with its token within ten minutes is done already. */
function createTokens(clock: SimulatedClock) {
  const known = new Map<string, { readonly at: number; readonly text: string }>();

  function forgetOld() {
    for (const [token, { at }] of known) {
      if (at > clock.now() - tokenLifeInMilliseconds) return;
      known.delete(token);
    }
  }

  return {
    seen(token: string, items: unknown): boolean {
      forgetOld();
      const before = known.get(token);
      if (before && before.text !== JSON.stringify(items)) {
        throw new AwsError(
          'IdempotentParameterMismatchException',
          'The request was rejected because the same token was used with other parameters',
        );
      }
      return before !== undefined;
    },
    remember(token: string, items: unknown) {
      known.set(token, { at: clock.now(), text: JSON.stringify(items) });
    },
  };
}
