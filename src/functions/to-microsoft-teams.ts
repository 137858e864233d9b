import { chatAsked } from '#events/chat-asked.ts';
import { speakInTeams } from '#workflows/speak.ts';
import { defineFunction } from './define-function.ts';

export const toMicrosoftTeams = defineFunction({
  name: 'ToMicrosoftTeams',
  purpose: 'Say in Microsoft Teams what events ask for',
  whenItFails: 'the channel in Teams stays silent',
  trigger: chatAsked('MessageToMicrosoftTeams'),
  needs: ['teams', 'incidentLog'],
  run: speakInTeams,
});
