import type { AttributeValue as SdkAttributeValue } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from './attribute-value.ts';

/** A shape of the SDK as it travels: binary values are base64 text there. */
export type OnWire<T> = T extends SdkAttributeValue
  ? AttributeValue
  : T extends Date
    ? T
    : T extends readonly (infer Member)[]
      ? readonly OnWire<Member>[]
      : T extends object
        ? { readonly [Name in keyof T]: OnWire<T[Name]> }
        : T;
