import type { Attempt } from '#emulator/dispatch.ts';

/** What the same question was answered before: a read that is not consistent may be told so again. */
export interface AnswerMemory {
  /** Undefined when it was not asked within so many seconds. */
  recall(attempt: Attempt, seconds: number, now: number): { readonly output: unknown } | undefined;
  keep(attempt: Attempt, output: unknown, now: number): void;
}

export function createAnswerMemory(seconds: number): AnswerMemory {
  const answers = new Map<string, { readonly output: unknown; readonly at: number }>();

  /** In the order in which they were given, so that the oldest come first. */
  function forgetOld(now: number) {
    for (const [question, { at }] of answers) {
      if (now - at <= seconds * 1000) return;
      answers.delete(question);
    }
  }

  return {
    recall(attempt, ageInSeconds, now) {
      const known = answers.get(questionIn(attempt));
      return known && now - known.at <= ageInSeconds * 1000 ? known : undefined;
    },
    keep(attempt, output, now) {
      forgetOld(now);
      const question = questionIn(attempt);
      answers.delete(question);
      answers.set(question, { output, at: now });
    },
  };
}

const questionIn = ({ service, call, input }: Attempt) =>
  `${service} ${call.operation} ${call.account} ${call.region} ${JSON.stringify(input)}`;

/** Services that answer with what was written last, always. */
const consistentServices = new Set(['s3', 'sts', 'ssm']);

/** Whether AWS may answer a call with what was true some seconds ago. */
export function mayBeStale({ service, call, input }: Attempt): boolean {
  const reads = /^(Get|List|Describe|BatchGet|Scan|Query)/.test(call.operation);
  return reads && !consistentServices.has(service) && input['ConsistentRead'] !== true;
}
