import { createSesMailer } from '#adapters/mail/ses-mailer.ts';
import type { Connector } from './connection.ts';

export const mailer: Connector<'mailer'> = ({ access }) => createSesMailer(access);
