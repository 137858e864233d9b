import { playChaos } from './play-chaos.ts';

const [accounts = 0, seed = 0] = process.argv.slice(2).map(Number);

process.once('disconnect', () => process.exit());
const verdict = await playChaos({ accounts, seed });
process.send?.({ ...verdict, peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024) });
process.disconnect();
