import { chatAsked } from '#events/chat-asked.ts';
import { speakInSlack } from '#workflows/speak.ts';
import { defineFunction } from './define-function.ts';

export const toSlack = defineFunction({
  name: 'ToSlack',
  purpose: 'Say, change and show in Slack what events ask for',
  whenItFails: 'the channel in Slack stays silent',
  trigger: chatAsked('MessageToSlack', 'UpdateToSlack', 'UploadToSlack'),
  needs: ['slack', 'incidentLog', 'settings'],
  run: speakInSlack,
});
