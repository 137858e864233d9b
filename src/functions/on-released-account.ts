import { accountTagged } from '#events/account-tagged.ts';
import { announceRelease } from '#workflows/announce-release.ts';
import { defineFunction } from './define-function.ts';

export const onReleasedAccount = defineFunction({
  name: 'OnReleasedAccount',
  purpose: "Announce that an account is its holder's again",
  whenItFails: 'releases are neither recorded nor metered',
  trigger: accountTagged('released'),
  needs: ['accounts', 'settings', 'bus', 'progress'],
  run: announceRelease,
});
