import { describe, expect, it } from 'vitest';
import { accountId, type Account } from '#domain/account.ts';
import { accountBilled, accountOfReport } from '#domain/costs/account-of-report.ts';

const account: Account = {
  id: accountId('200000000000'),
  arn: 'arn:aws:organizations::111111111111:account/o-a1b2c3d4e5/200000000000',
  name: 'Alice',
  email: 'alice@example.com',
  isActive: true,
  path: ['ou-top', 'ou-1234'],
  tags: { 'cost-center': 'Alpha', project: 'Beta' },
  state: 'released',
  holder: 'alice@example.com',
};
const rules = { costTag: 'cost-center', unitNames: new Map([['ou-1234', 'Sandboxes']]) };

describe('when reports tell what an account is', () => {
  it('names the unit that holds it, and the cost center of the tag that the settings name', () => {
    expect(accountOfReport(account, rules)).toEqual({
      id: account.id,
      name: 'Alice',
      unitName: 'Sandboxes',
      costCenter: 'Alpha',
    });
    expect(accountOfReport(account, { ...rules, costTag: 'project' }).costCenter).toBe('Beta');
  });

  it('puts an account directly under the root in Root', () => {
    expect(accountOfReport({ ...account, path: [] }, rules).unitName).toBe('Root');
  });

  it.each([{}, { 'cost-center': '' }])('falls back to NoCostTag with the tags %j', (tags) => {
    expect(accountOfReport({ ...account, tags }, rules).costCenter).toBe('NoCostTag');
  });

  it('knows neither name nor unit of an account that left the organization', () => {
    expect(accountBilled(account.id, new Map())).toEqual({
      id: account.id,
      name: 'Unknown',
      unitName: 'Unknown',
      costCenter: 'NoCostTag',
    });
  });
});
