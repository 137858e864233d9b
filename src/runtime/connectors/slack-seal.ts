import { createSlackSeal } from '#adapters/chat/slack-seal.ts';
import type { Connector } from './connection.ts';

export const slackSeal: Connector<'slackSeal'> = ({ access, surroundings }) =>
  createSlackSeal(access, surroundings.central.environment);
