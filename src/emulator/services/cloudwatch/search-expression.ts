import { AwsError } from '../../aws-error.ts';
import type { MetricIdentity } from './metric-identity.ts';

/** What `SEARCH('{Namespace,Dimension,…} Key="value" …', 'Statistic', period)` asks for. */
export interface Search {
  readonly statistic: string;
  /** Undefined where the expression leaves it to its query. */
  readonly periodInSeconds: number | undefined;
  matches(metric: MetricIdentity): boolean;
}

const expression = /^\s*SEARCH\(\s*'([^']*)'\s*,\s*'(\w+)'\s*(?:,\s*(\d+)\s*)?\)\s*$/;
const schema = /^\s*\{([^}]*)\}\s*(.*)$/s;
const term = /^(\w+)\s*=\s*"([^"]*)"\s*/;

/** Reads searches whose terms are exact, joined by spaces. Throws ValidationError for any other expression. */
export function parseSearch(text: string): Search {
  const [, query = '', statistic = '', period] = expression.exec(text) ?? [];
  const [, names, terms] = schema.exec(query) ?? [];
  if (names === undefined || terms === undefined) throw unknownExpression(text);
  const [namespace, ...dimensions] = names.split(',').map(unquoted);
  const wanted = termsIn(terms, text);
  return {
    statistic,
    periodInSeconds: period === undefined ? undefined : Number(period),
    matches: (metric) =>
      metric.namespace === namespace &&
      hasExactly(metric, dimensions) &&
      wanted.every(([key, value]) => valueOf(metric, key) === value),
  };
}

function termsIn(terms: string, text: string): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  for (let rest = terms.trim(); rest !== '';) {
    const [whole, key, value] = term.exec(rest) ?? [];
    if (whole === undefined || key === undefined || value === undefined) throw unknownExpression(text);
    found.push([key, value]);
    rest = rest.slice(whole.length);
  }
  return found;
}

const unquoted = (name: string) => name.trim().replaceAll('"', '');

const hasExactly = ({ dimensions }: MetricIdentity, names: readonly string[]) =>
  dimensions.length === names.length && dimensions.every(({ name }) => names.includes(name));

const valueOf = ({ name, dimensions }: MetricIdentity, key: string) =>
  key === 'MetricName' ? name : dimensions.find((dimension) => dimension.name === key)?.value;

const unknownExpression = (text: string) =>
  new AwsError('ValidationError', `The local cloud does not know how to compute the expression ${text}`, 501);
