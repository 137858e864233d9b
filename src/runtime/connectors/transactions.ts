import { createTransactionTable } from '#adapters/transactions/transaction-table.ts';
import type { Connector } from './connection.ts';

export const transactions: Connector<'transactions'> = ({ access, surroundings }) =>
  createTransactionTable(access, surroundings.tables.transactions);
