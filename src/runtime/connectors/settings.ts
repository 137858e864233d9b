import { createSettingsStore } from '#adapters/settings-store/settings-store.ts';
import type { Connector } from './connection.ts';

export const settings: Connector<'settings'> = ({ access, surroundings }) =>
  createSettingsStore(access, surroundings.central.environment);
