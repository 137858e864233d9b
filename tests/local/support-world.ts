/** A world with one of everything, which tests spoil. */
export function aWorld() {
  return {
    organization: { id: 'o-a1b2c3d4e5', managementAccount: '111111111111', root: 'r-ab12' },
    units: [{ id: 'ou-1234', name: 'Alpha Sandboxes', parent: 'r-ab12' }],
    accounts: [
      {
        id: '200000000000',
        name: 'Alice',
        email: 'alice@example.com',
        unit: 'ou-1234',
        state: 'ACTIVE',
        tags: { 'account-state': 'released' },
      },
    ],
    costs: [
      {
        account: '200000000000',
        date: '2026-10-03',
        recordType: 'Usage',
        service: 'Amazon Elastic Compute Cloud - Compute',
        usageType: 'EUW1-BoxUsage:t3.micro',
        amount: '1.2345',
      },
    ],
    rates: { EUR: 0.92, GBP: 0.79 },
    resources: [
      {
        account: '200000000000',
        region: 'eu-west-1',
        type: 'EC2Instance',
        id: 'i-0abc',
        created: '2026-01-15',
        tags: { purge: 'me' },
      },
    ],
  };
}
