export interface BenchOptions {
  readonly accounts: number;
  readonly seeds: number;
}

type Benchmark = (options: BenchOptions) => Promise<object>;

/** Every benchmark by its name, with its usual size. */
export const benchmarks: Readonly<
  Record<string, { readonly accounts: number; readonly load: () => Promise<Benchmark> }>
> = {
  lifecycle: { accounts: 100, load: async () => (await import('./lifecycle.ts')).benchLifecycle },
  window: { accounts: 100, load: async () => (await import('./window.ts')).benchWindow },
  growth: { accounts: 10_000, load: async () => (await import('./growth.ts')).benchGrowth },
  settings: { accounts: 10_000, load: async () => (await import('./settings.ts')).benchSettingsFile },
  costs: { accounts: 10_000, load: async () => (await import('./costs.ts')).benchCosts },
  activities: { accounts: 10_000, load: async () => (await import('./activities.ts')).benchActivities },
  chaos: { accounts: 1000, load: async () => (await import('./chaos.ts')).benchChaos },
  'cold-start': { accounts: 0, load: async () => (await import('./cold-start.ts')).benchColdStart },
};
