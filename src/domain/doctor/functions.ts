import { finding, hint, ok, type Diagnosis } from './diagnosis.ts';
import { countOf, deployAs, listOf } from './wording.ts';

/** A deployed function, as Lambda describes it. */
export interface DeployedFunction {
  readonly name: string;
  readonly state: string | undefined;
  readonly lastUpdate: string | undefined;
  readonly roleArn: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

export interface FunctionSight {
  /** Names that the settings ask for, with the environment. */
  readonly wanted: readonly string[];
  readonly deployed: readonly DeployedFunction[];
}

/** Every function that the settings ask for is deployed, and can be run. */
export function functionsAreDeployed(
  { wanted, deployed }: FunctionSight,
  automationAccount: string,
): Diagnosis {
  const remedy = deployAs(automationAccount);
  const missing = wanted.filter((name) => !deployed.some((one) => one.name === name));
  if (missing.length === wanted.length) return finding('nothing is deployed: no function is there', remedy);
  if (missing.length > 0) {
    return finding(`missing of ${countOf(wanted.length, 'function')}: ${listOf(missing)}`, remedy);
  }
  const failed = deployed.filter(({ state, lastUpdate }) => state === 'Failed' || lastUpdate === 'Failed');
  if (failed.length > 0) {
    const found = `Lambda could not take over the last update of ${listOf(failed.map(({ name }) => name))}`;
    return finding(found, remedy);
  }
  const pending = deployed.filter((one) => one.state === 'Pending' || one.lastUpdate === 'InProgress');
  if (pending.length > 0) {
    return hint(`${countOf(pending.length, 'function')} are being updated`, 'look again in some minutes');
  }
  return ok(`${countOf(wanted.length, 'function')} are deployed`);
}

/** Functions know what the settings say of where they run and whom they turn to. */
export function variablesAreCurrent(
  { deployed }: Pick<FunctionSight, 'deployed'>,
  wanted: Readonly<Record<string, string>>,
  automationAccount: string,
): Diagnosis {
  const others = Object.entries(wanted).flatMap(([name, value]) => {
    const differing = deployed.filter(({ variables }) => (variables[name] ?? '') !== value);
    return differing.length > 0 ? [`${name} of ${countOf(differing.length, 'function')}`] : [];
  });
  if (others.length === 0) return ok('variables of functions are those of the settings file');
  return finding(`not as in the settings file: ${listOf(others)}`, deployAs(automationAccount));
}
