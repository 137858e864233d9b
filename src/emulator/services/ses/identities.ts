import type { Call } from '../../service.ts';

type Place = Pick<Call, 'account' | 'region'>;

/** An address or a domain from which an account may send, once it has been verified. */
export interface Identity {
  readonly name: string;
  readonly kind: 'EMAIL_ADDRESS' | 'DOMAIN';
  readonly tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];
  isVerified: boolean;
}

export interface Identities {
  of(place: Place): Map<string, Identity>;
  /** The verified identity that lets an address send: itself, its domain, or a domain above it. */
  sendingFor(place: Place, address: string): Identity | undefined;
}

export function createIdentities(): Identities {
  const places = new Map<string, Map<string, Identity>>();

  function of({ account, region }: Place): Map<string, Identity> {
    const key = `${account} ${region}`;
    const known = places.get(key) ?? new Map<string, Identity>();
    places.set(key, known);
    return known;
  }

  return {
    of,
    sendingFor(place, address) {
      const known = of(place);
      const names = [address, ...domainsOf(address)];
      return names.map((name) => known.get(name)).find((identity) => identity?.isVerified);
    },
  };
}

/** `mail.example.com` and `example.com`, for an address in the first. */
function domainsOf(address: string): readonly string[] {
  const labels = (address.split('@').at(-1) ?? '').split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}

export const identityArn = ({ account, region }: Place, name: string): string =>
  `arn:aws:ses:${region}:${account}:identity/${name}`;
