import { AwsError } from '../../aws-error.ts';
import type { Call, Route, Service } from '../../service.ts';

interface Contact {
  readonly AlternateContactType: string;
  readonly Name: string;
  readonly Title: string;
  readonly EmailAddress: string;
  readonly PhoneNumber: string;
}

type Asked = Partial<Contact> & { readonly AccountId?: string };

const types = ['BILLING', 'OPERATIONS', 'SECURITY'];
const names = ['PutAlternateContact', 'GetAlternateContact', 'DeleteAlternateContact'];
const routes: readonly Route[] = names.map((operation) => ({
  method: 'POST',
  path: `/${operation.charAt(0).toLowerCase()}${operation.slice(1)}`,
  operation,
}));

/** AWS Account Management: the alternate contacts of an account, set from within. */
export function createAccount(): { readonly service: Service } {
  const contacts = new Map<string, Contact>();

  function keyOf(input: Asked, call: Call): string {
    if (input.AccountId !== undefined && input.AccountId !== call.account) {
      throw new AwsError(
        'AccessDeniedException',
        'An account may only look after its own contacts here.',
        403,
      );
    }
    if (!types.includes(input.AlternateContactType ?? '')) {
      throw new AwsError('ValidationException', `AlternateContactType is one of ${types.join(', ')}.`);
    }
    return `${call.account} ${input.AlternateContactType}`;
  }

  function find(input: Asked, call: Call): Contact {
    const contact = contacts.get(keyOf(input, call));
    if (!contact)
      throw new AwsError(
        'ResourceNotFoundException',
        'No contact of the inputted alternate contact type found.',
        404,
      );
    return contact;
  }

  const service: Service = {
    name: 'account',
    protocol: { kind: 'rest-json', routes },
    operations: {
      PutAlternateContact(input: Asked, call: Call) {
        const {
          AlternateContactType = '',
          Name = '',
          Title = '',
          EmailAddress = '',
          PhoneNumber = '',
        } = input;
        const key = keyOf(input, call);
        if (!Name || !Title || !PhoneNumber || !EmailAddress.includes('@')) {
          throw new AwsError(
            'ValidationException',
            'Name, Title, EmailAddress and PhoneNumber are required.',
          );
        }
        contacts.set(key, { AlternateContactType, Name, Title, EmailAddress, PhoneNumber });
      },
      GetAlternateContact: (input: Asked, call: Call) => ({ AlternateContact: find(input, call) }),
      DeleteAlternateContact(input: Asked, call: Call) {
        find(input, call);
        contacts.delete(keyOf(input, call));
      },
    },
    access: Object.fromEntries(
      names.map((name) => [
        name,
        (_: Asked, { account }: Call) => ({ resource: `arn:aws:account::${account}:account` }),
      ]),
    ),
  };
  return { service };
}
