import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

/** A change is seen after this long by functions that are warm. */
const freshForMilliseconds = 60_000;

/** Text of a parameter, decrypted where it is secret; undefined when there is none of that name. */
export type ReadParameter = (name: string) => Promise<string | undefined>;

/** Reads parameters of the environment, each once a minute at most. */
export function createParameterReader(access: AwsAccess, environment: string): ReadParameter {
  const client = new SSMClient(clientConfig(access));
  const known = new Map<string, { readonly text: Promise<string | undefined>; readonly readAt: number }>();

  async function read(name: string): Promise<string | undefined> {
    try {
      const command = new GetParameterCommand({ Name: `/${environment}/${name}`, WithDecryption: true });
      return (await client.send(command)).Parameter?.Value;
    } catch (fault) {
      if (fault instanceof ParameterNotFound) return undefined;
      throw fault;
    }
  }

  return (name) => {
    const now = access.clock.now().getTime();
    const held = known.get(name);
    if (held && now - held.readAt < freshForMilliseconds) return held.text;
    const text = read(name);
    known.set(name, { text, readAt: now });
    text.catch(() => known.delete(name));
    return text;
  };
}
