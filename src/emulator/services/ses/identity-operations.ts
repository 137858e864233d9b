import type {
  CreateEmailIdentityCommandInput,
  CreateEmailIdentityCommandOutput,
  GetEmailIdentityCommandOutput,
  ListEmailIdentitiesCommandOutput,
} from '@aws-sdk/client-sesv2';
import { notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call, Service } from '../../service.ts';
import { bareAddress, isAddress, isDomain } from './addresses.ts';
import { identityArn, type Identities, type Identity } from './identities.ts';
import { badRequest, identityExists, noSuchIdentity } from './ses-refusals.ts';

/** Somebody has to click on a link, or to write DNS records. Here nobody has to, and it takes a minute. */
const verificationInMilliseconds = 60_000;
const mostOnAPage = 1000;

interface NamedInput {
  readonly EmailIdentity?: string | undefined;
}

type Answer<Output> = Omit<Output, '$metadata'>;

/** Addresses and domains from which mail may be sent. */
export function identityOperations(
  { clock }: Pick<Platform, 'clock'>,
  identities: Identities,
): Pick<Service, 'operations' | 'access'> {
  function get({ EmailIdentity = '' }: NamedInput, call: Call): Identity {
    const identity = identities.of(call).get(bareAddress(EmailIdentity));
    if (!identity) throw noSuchIdentity(EmailIdentity);
    return identity;
  }

  function create(
    input: CreateEmailIdentityCommandInput,
    call: Call,
  ): Answer<CreateEmailIdentityCommandOutput> {
    if (input.DkimSigningAttributes ?? input.ConfigurationSetName)
      throw notImplemented('ses', 'identities with keys or configurations of their own');
    const name = bareAddress(input.EmailIdentity ?? '');
    if (!isAddress(name) && !isDomain(name)) throw badRequest(`Invalid email identity: ${name}`);
    const known = identities.of(call);
    if (known.has(name)) throw identityExists(name);
    const kind = isAddress(name) ? 'EMAIL_ADDRESS' : 'DOMAIN';
    const identity: Identity = { name, kind, tags: input.Tags ?? [], isVerified: false };
    known.set(name, identity);
    clock.after(verificationInMilliseconds, () => (identity.isVerified = true), 'background');
    return { IdentityType: kind, VerifiedForSendingStatus: false };
  }

  return {
    operations: {
      CreateEmailIdentity: create,
      GetEmailIdentity(input: NamedInput, call: Call): Answer<GetEmailIdentityCommandOutput> {
        const { kind, isVerified, tags } = get(input, call);
        return {
          IdentityType: kind,
          FeedbackForwardingStatus: true,
          VerifiedForSendingStatus: isVerified,
          VerificationStatus: statusOf(isVerified),
          Policies: {},
          Tags: [...tags] as NonNullable<GetEmailIdentityCommandOutput['Tags']>,
        };
      },
      ListEmailIdentities(
        input: { readonly NextToken?: string; readonly PageSize?: string | number },
        call: Call,
      ): Answer<ListEmailIdentitiesCommandOutput> {
        const sorted = [...identities.of(call).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
        const page = pageOf(
          sorted,
          input.NextToken,
          Number(input.PageSize ?? mostOnAPage),
          badRequest('Invalid token'),
        );
        return {
          EmailIdentities: page.items.map(({ name, kind, isVerified }) => ({
            IdentityName: name,
            IdentityType: kind,
            SendingEnabled: isVerified,
            VerificationStatus: statusOf(isVerified),
          })),
          ...(page.next === undefined ? {} : { NextToken: page.next }),
        };
      },
      DeleteEmailIdentity(input: NamedInput, call: Call) {
        identities.of(call).delete(get(input, call).name);
        return {};
      },
    },
    access: Object.fromEntries(
      ['CreateEmailIdentity', 'GetEmailIdentity', 'DeleteEmailIdentity'].map((name) => [name, onIdentity]),
    ),
  };
}

const statusOf = (isVerified: boolean) => (isVerified ? 'SUCCESS' : 'PENDING');

const onIdentity = ({ EmailIdentity = '' }: NamedInput, call: Call) => ({
  resource: identityArn(call, EmailIdentity),
});
