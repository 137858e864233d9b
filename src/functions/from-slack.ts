import { webRequested } from '#events/web-request.ts';
import { hearSlack } from '#workflows/hear-slack.ts';
import { defineFunction } from './define-function.ts';

export const fromSlack = defineFunction({
  name: 'FromSlack',
  purpose: 'Put on the bus what people say, pin and react to in Slack, and who joins',
  whenItFails: 'nobody here hears what is said in Slack',
  trigger: webRequested('FromSlack.WebEndpoint'),
  needs: ['slackSeal', 'incidentLog', 'bus'],
  run: hearSlack,
  timeoutInSeconds: 30,
});
