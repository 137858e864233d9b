/** `OnExpiredAccount` becomes `on-expired-account`, as files are named. */
export const kebabCase = (name: string): string => name.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
