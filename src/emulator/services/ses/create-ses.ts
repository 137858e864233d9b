import type { AccountId } from '#domain/account.ts';
import type { Door } from '../../door.ts';
import type { Platform } from '../../platform.ts';
import type { Route, Service } from '../../service.ts';
import { bareAddress, isAddress } from './addresses.ts';
import { createIdentities } from './identities.ts';
import { identityOperations } from './identity-operations.ts';
import { outboxDoor } from './outbox-door.ts';
import type { Outbox, SentMail } from './outbox.ts';
import { sendingOperations } from './send-email.ts';

export interface Ses {
  readonly service: Service;
  readonly outbox: Outbox;
  /** Where people read what was sent. */
  readonly door: Door;
  /** Verifies an address or a domain at once, as its owner has done long ago. */
  verify(name: string, place: { readonly account: AccountId; readonly region: string }): void;
}

const identities = '/v2/email/identities';
const one = `${identities}/{EmailIdentity}`;

const routes: readonly Route[] = [
  { method: 'POST', path: '/v2/email/outbound-emails', operation: 'SendEmail' },
  { method: 'POST', path: identities, operation: 'CreateEmailIdentity' },
  // Newer clients list by the second way.
  { method: 'GET', path: identities, operation: 'ListEmailIdentities' },
  { method: 'POST', path: '/v2/email/list-identities', operation: 'ListEmailIdentities' },
  { method: 'GET', path: one, operation: 'GetEmailIdentity' },
  { method: 'DELETE', path: one, operation: 'DeleteEmailIdentity' },
];

/** Amazon SES, version 2 of its API, out of the sandbox. Mails are kept in an outbox and delivered to nobody. */
export function createSes(platform: Pick<Platform, 'clock' | 'nextId'>): Ses {
  const known = createIdentities();
  const outbox: SentMail[] = [];
  const naming = identityOperations(platform, known);
  const sending = sendingOperations(platform, known, outbox);
  return {
    service: {
      name: 'ses',
      protocol: { kind: 'rest-json', routes },
      operations: { ...naming.operations, ...sending.operations },
      access: { ...naming.access, ...sending.access },
    },
    outbox,
    door: outboxDoor(outbox),
    verify(name, place) {
      const address = bareAddress(name);
      const kind = isAddress(address) ? 'EMAIL_ADDRESS' : 'DOMAIN';
      known.of(place).set(address, { name: address, kind, tags: [], isVerified: true });
    },
  };
}
