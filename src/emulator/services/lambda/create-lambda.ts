import type { Door } from '../../door.ts';
import type { FunctionInvocation, Platform } from '../../platform.ts';
import type { Service } from '../../service.ts';
import type { Sqs } from '../sqs/create-sqs.ts';
import { createAsynchronousInvocations } from './asynchronous-invocations.ts';
import { createConcurrency, usualConcurrency } from './concurrency.ts';
import type { FunctionBehaviour } from './function-behaviour.ts';
import { functionOperations } from './function-operations.ts';
import { functionUrlDoor } from './function-url-door.ts';
import { createFunctions } from './functions.ts';
import { createInvocation, type Destiny, type FunctionHappening } from './invocation.ts';
import { createInvoke, mostBytes } from './invoke-operation.ts';
import { invocationAccess, lambdaAccess } from './lambda-access.ts';
import { functionArn } from './lambda-function.ts';
import { lambdaRoutes } from './lambda-routes.ts';
import { mappingOperations } from './mapping-operations.ts';
import { permissionOperations } from './permission-operations.ts';
import { settingOperations } from './setting-operations.ts';

export interface Lambda {
  readonly service: Service;
  readonly invocation: FunctionInvocation;
  /** Where function URLs lead. */
  readonly door: Door;
  /** Says what a function does, be it created already or later. */
  behave(lambda: FunctionPlace | string, behaviour: FunctionBehaviour): void;
  /** Invokes a function with records of a stream, and waits for it; false when it failed or was throttled. */
  deliverRecords(functionArn: string, records: readonly unknown[]): Promise<boolean>;
}

/** A function by its name. */
export interface FunctionPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

export interface LambdaOptions {
  readonly observe?: (happening: FunctionHappening) => void;
  /** How many invocations an account may run at the same time in a region; 1000 unless given. */
  readonly concurrency?: number;
  /** Nothing happens to invocations unless given. */
  readonly destiny?: Destiny;
}

/** AWS Lambda: functions whose code is plugged in, invoked now or later, by events and by queues. */
export function createLambda(
  platform: Platform,
  sqs: Pick<Sqs, 'delivery' | 'consumption'>,
  { observe = () => {}, concurrency: places = usualConcurrency, destiny }: LambdaOptions = {},
): Lambda {
  const functions = createFunctions();
  const behaviours = new Map<string, FunctionBehaviour>();
  const concurrency = createConcurrency(places);
  const run = createInvocation(platform, (arn) => behaviours.get(arn), observe, destiny);
  const shared = { functions, concurrency, run, observe };
  const later = createAsynchronousInvocations(platform, { ...shared, queues: sqs.delivery });
  const mappings = mappingOperations(platform, { ...shared, consumption: sqs.consumption });
  const service: Service = {
    name: 'lambda',
    protocol: { kind: 'rest-json', routes: lambdaRoutes },
    operations: {
      ...functionOperations(platform, functions, concurrency, (arn) => mappings.wake(arn)),
      ...permissionOperations(functions),
      ...settingOperations(platform, functions, concurrency),
      ...mappings.operations,
      Invoke: createInvoke(platform, { ...shared, later }),
    },
    access: lambdaAccess(functions),
  };

  const invokeLater: FunctionInvocation['invokeLater'] = (arn, payload, by) => {
    const lambda = functions.find(arn);
    if (!lambda || Buffer.byteLength(payload) > mostBytes.later) return false;
    const access = { ...invocationAccess(functions, arn), action: 'lambda:InvokeFunction' };
    if (!platform.identity.allows(by, access)) return false;
    later.accept(lambda, payload, platform.nextId());
    return true;
  };

  return {
    service,
    invocation: { invokeLater },
    door: functionUrlDoor(platform, functions, shared),
    behave(lambda, behaviour) {
      behaviours.set(typeof lambda === 'string' ? lambda : functionArn(lambda, lambda.name), behaviour);
    },
    async deliverRecords(arn, records) {
      const lambda = functions.find(arn);
      const leave = lambda && concurrency.enter(lambda);
      if (!lambda || !leave) return false;
      const payload = JSON.stringify({ Records: records });
      const outcome = await platform.clock.work((work) => run(lambda, payload, platform.nextId(), work));
      leave();
      return outcome.kind === 'success';
    },
  };
}
