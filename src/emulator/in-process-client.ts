import type {
  AwsCredentialIdentity,
  HttpRequest as SdkRequest,
  RequestSigner,
  RequestSigningArguments,
} from '@smithy/types';
import { inProcessHandler } from './in-process-handler.ts';
import type { Platform } from './platform.ts';
import type { Origin, Sleep } from './service.ts';

/**
 * What makes an SDK client one of this process: it looks for nothing in the variables and files of the machine, which
 * are meant for AWS, and computes no signature, which nobody verifies here. Both would be a third of each call.
 */
export function inProcessClient(platform: Pick<Platform, 'answer'>, origin: Origin, sleep?: Sleep) {
  return {
    requestHandler: inProcessHandler(platform, origin, sleep),
    endpoint: 'http://local.cloud',
    signerConstructor: ScopeSigner,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    retryMode: 'standard',
    maxAttempts: 3,
    authSchemePreference: [],
    userAgentAppId: async () => undefined,
  };
}

interface SignerInit {
  readonly service: string;
  readonly region: string | (() => Promise<string>);
  readonly credentials: AwsCredentialIdentity | (() => Promise<AwsCredentialIdentity>);
}

/** Names caller, region and service as a signature does, and proves nothing. The SDK wants a class. */
class ScopeSigner implements RequestSigner {
  readonly #init: SignerInit;

  constructor(init: SignerInit) {
    this.#init = init;
  }

  async sign(request: SdkRequest, { signingRegion, signingService }: RequestSigningArguments = {}) {
    const { service, region, credentials } = this.#init;
    const { accessKeyId, sessionToken } = await valueOf(credentials);
    const scope = `${signingRegion ?? (await valueOf(region))}/${signingService ?? service}`;
    request.headers['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/19700101/${scope}/aws4_request, SignedHeaders=host, Signature=none`;
    request.headers['x-amz-content-sha256'] ??= 'UNSIGNED-PAYLOAD';
    if (sessionToken) request.headers['x-amz-security-token'] = sessionToken;
    return request;
  }
}

const valueOf = <T extends object | string>(given: T | (() => Promise<T>)): T | Promise<T> =>
  typeof given === 'function' ? given() : given;
