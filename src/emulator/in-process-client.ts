import type { AwsCredentialIdentity, HttpAuthScheme, Logger } from '@smithy/types';
import { inProcessHandler } from './in-process-handler.ts';
import type { Platform } from './platform.ts';
import type { Origin, Sleep } from './service.ts';

/**
 * What makes an SDK client one of this process: it looks for nothing in the variables and files of the machine, which
 * are meant for AWS, and computes no signature, which nobody verifies here. Both would be half of each call.
 */
export function inProcessClient(platform: Pick<Platform, 'answer'>, origin: Origin, sleep?: Sleep) {
  return {
    requestHandler: inProcessHandler(platform, origin, sleep),
    endpoint: 'http://local.cloud',
    httpAuthSchemes: [scopeOnly],
    logger: deaf,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    retryMode: 'standard',
    maxAttempts: 3,
    authSchemePreference: [],
    userAgentAppId: async () => undefined,
  };
}

/** Names caller, region and service as a signature does, and proves nothing. */
const scopeOnly: HttpAuthScheme = {
  schemeId: 'aws.auth#sigv4',
  identityProvider: (config) => config.getIdentityProvider('aws.auth#sigv4'),
  signer: {
    async sign(request, identity, { signingRegion, region, signingName, name }) {
      const { accessKeyId, sessionToken } = identity as AwsCredentialIdentity;
      const scope = `${String(signingRegion ?? region)}/${String(signingName ?? name)}`;
      request.headers['authorization'] =
        `AWS4-HMAC-SHA256 Credential=${accessKeyId}/19700101/${scope}/aws4_request, SignedHeaders=host, Signature=none`;
      request.headers['x-amz-content-sha256'] ??= 'UNSIGNED-PAYLOAD';
      if (sessionToken) request.headers['x-amz-security-token'] = sessionToken;
      return request;
    },
  },
};

// For whoever listens, and does nothing, the SDK would copy each request and its answer.
const deaf = {} as Logger;
