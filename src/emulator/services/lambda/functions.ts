import { notImplemented } from '../../aws-error.ts';
import { functionArn, type LambdaFunction } from './lambda-function.ts';
import { functionNotFound } from './lambda-refusals.ts';

export interface Place {
  readonly account: LambdaFunction['account'];
  readonly region: string;
}

/** The functions of all accounts and regions. */
export interface Functions {
  put(lambda: LambdaFunction): void;
  remove(lambda: LambdaFunction): void;
  find(arn: string): LambdaFunction | undefined;
  /** Of all accounts and regions. */
  all(): readonly LambdaFunction[];
  /** By name, ARN or `account:function:name`. Throws ResourceNotFoundException. */
  get(place: Place, name: string | undefined, qualifier?: string): LambdaFunction;
  /** In the order of their names. */
  list(place: Place): readonly LambdaFunction[];
}

export function createFunctions(): Functions {
  const functions = new Map<string, LambdaFunction>();
  const homes = new Map<string, Map<string, LambdaFunction>>();

  function homeOf({ account, region }: Place): Map<string, LambdaFunction> {
    const key = `${account} ${region}`;
    const home = homes.get(key) ?? new Map<string, LambdaFunction>();
    homes.set(key, home);
    return home;
  }

  return {
    put(lambda) {
      functions.set(lambda.arn, lambda);
      homeOf(lambda).set(lambda.name, lambda);
    },
    remove(lambda) {
      functions.delete(lambda.arn);
      homeOf(lambda).delete(lambda.name);
    },
    find: (arn) => functions.get(arn),
    all: () => [...functions.values()],
    get(place, name, qualifier) {
      const { arn, version = qualifier } = readName(place, name);
      const lambda = functions.get(arn);
      if (lambda && (version === undefined || version === '$LATEST')) return lambda;
      if (lambda) throw notImplemented('lambda', `the version or alias ${version} of a function`);
      throw functionNotFound(arn);
    },
    list: (place) => [...homeOf(place).values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** What clients may call a function, as its ARN, with the version that may follow. */
export function readName(place: Place, name = ''): { readonly arn: string; readonly version?: string } {
  const parts = name.split(':');
  const at = parts.indexOf('function');
  const [bare = '', version] = at < 0 ? parts : parts.slice(at + 1);
  const account = at > 0 ? parts[at - 1] : place.account;
  const region = at > 1 ? parts[at - 2] : place.region;
  const arn = functionArn({ account: account ?? '', region: region ?? '' }, bare);
  return version === undefined ? { arn } : { arn, version };
}
