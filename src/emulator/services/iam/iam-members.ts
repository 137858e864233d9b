import { integer, list, required, text } from '../../identity/query-input.ts';

// The members of IAM's inputs, with the limits of AWS's API model.

const name = /^[\w+=,.@-]+$/;

export const roleName = required(text({ pattern: name, min: 1, max: 64 }));
export const policyName = required(text({ pattern: name, min: 1, max: 128 }));
export const policyDocument = required(text({ min: 1, max: 131_072 }));
export const policyArn = required(text({ min: 20, max: 2048 }));
export const rolePath = text({ pattern: /^(\/|\/[!-~]+\/)$/, min: 1, max: 512 });
export const policyPath = text({ pattern: /^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/, min: 1, max: 512 });
export const pathPrefix = text({ pattern: /^\/[!-\x7f]*$/, min: 1, max: 512 });
export const description = text({ max: 1000 });
export const sessionDuration = integer(3600, 43_200);
export const tags = list();
export const paging = { Marker: text({ min: 1, max: 320 }), MaxItems: integer(1, 1000) };
