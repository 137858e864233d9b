import type {
  CreateAccountAliasCommandInput,
  DeleteAccountPasswordPolicyCommandInput,
  GetAccountPasswordPolicyCommandInput,
  ListAccountAliasesCommandInput,
  ListUsersCommandInput,
  PasswordPolicy,
  UpdateAccountPasswordPolicyCommandInput,
} from '@aws-sdk/client-iam';
import type { AccountId } from '#domain/account.ts';
import { flag, integer, operation, required, text } from '../../identity/query-input.ts';
import type { Run } from '../../service.ts';
import { alreadyExists, noSuchEntity } from './iam-faults.ts';
import { paging, pathPrefix } from './iam-members.ts';
import { iamPage } from './iam-pages.ts';

/** What IAM keeps for an account as a whole: its password policy and its alias; accounts here have no users. */
export function accountOperations(): Record<string, Run> {
  return {
    ...passwordOperations(),
    ...aliasOperations(),
    ListUsers: operation<ListUsersCommandInput>('iam', { PathPrefix: pathPrefix, ...paging }, (input) => {
      const { items, rest } = iamPage([], input);
      return { Users: items, ...rest };
    }),
  };
}

function passwordOperations(): Record<string, Run> {
  const policies = new Map<AccountId, PasswordPolicy>();
  return {
    UpdateAccountPasswordPolicy: operation<UpdateAccountPasswordPolicyCommandInput>(
      'iam',
      {
        MinimumPasswordLength: integer(6, 128),
        RequireSymbols: flag(),
        RequireNumbers: flag(),
        RequireUppercaseCharacters: flag(),
        RequireLowercaseCharacters: flag(),
        AllowUsersToChangePassword: flag(),
        MaxPasswordAge: integer(1, 1095),
        PasswordReusePrevention: integer(1, 24),
        HardExpiry: flag(),
      },
      (input, { account }) => {
        policies.set(account, {
          MinimumPasswordLength: 6,
          RequireSymbols: false,
          RequireNumbers: false,
          RequireUppercaseCharacters: false,
          RequireLowercaseCharacters: false,
          AllowUsersToChangePassword: false,
          ...input,
          ExpirePasswords: input.MaxPasswordAge !== undefined,
        });
      },
    ),
    GetAccountPasswordPolicy: operation<GetAccountPasswordPolicyCommandInput>('iam', {}, (_, { account }) => {
      const policy = policies.get(account);
      if (!policy) throw noSuchEntity(`The Password Policy with domain name ${account} cannot be found.`);
      return { PasswordPolicy: policy };
    }),
    DeleteAccountPasswordPolicy: operation<DeleteAccountPasswordPolicyCommandInput>(
      'iam',
      {},
      (_, { account }) => {
        if (!policies.delete(account)) {
          throw noSuchEntity('The account policy with name PasswordPolicy cannot be found.');
        }
      },
    ),
  };
}

const alias = text({ pattern: /^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/, min: 3, max: 63 });

function aliasOperations(): Record<string, Run> {
  const aliases = new Map<AccountId, string>();
  const holders = new Map<string, AccountId>();
  return {
    ListAccountAliases: operation<ListAccountAliasesCommandInput>('iam', paging, (input, { account }) => {
      const own = aliases.get(account);
      const { items, rest } = iamPage(own === undefined ? [] : [own], input);
      return { AccountAliases: items, ...rest };
    }),
    CreateAccountAlias: operation<CreateAccountAliasCommandInput>(
      'iam',
      { AccountAlias: required(alias) },
      (input, { account }) => {
        const holder = holders.get(input.AccountAlias);
        if (holder === account) return;
        if (holder) throw alreadyExists(`The account alias ${input.AccountAlias} already exists.`);
        // An account has one alias: a new one takes the place of the old.
        holders.delete(aliases.get(account) ?? '');
        aliases.set(account, input.AccountAlias);
        holders.set(input.AccountAlias, account);
      },
    ),
  };
}
