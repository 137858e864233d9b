import type { AwsCredentialIdentityProvider } from '@smithy/types';

/**
 * Stands in bundles for the SDK's chain of credential providers: Lambda gives credentials in the environment and
 * nowhere else, and the chain would be a fifth of each bundle.
 */
export const defaultProvider = (): AwsCredentialIdentityProvider => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
};
