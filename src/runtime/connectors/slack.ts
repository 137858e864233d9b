import { sendOverNetwork } from '#adapters/chat/send-web.ts';
import { createSlackApp } from '#adapters/chat/slack-app.ts';
import type { Connector } from './connection.ts';

export const slack: Connector<'slack'> = ({ access, surroundings }) =>
  createSlackApp(access, surroundings.central.environment, access.sendWeb ?? sendOverNetwork);
