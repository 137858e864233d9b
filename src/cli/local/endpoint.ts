import type { Cloud } from '#emulator/cloud.ts';
import { serve } from '#emulator/http-server.ts';

/** Where clients reach the local cloud. */
export interface LocalEndpoint {
  /** Without a slash at the end. */
  readonly url: string;
  /** Says which cloud answers. */
  lead(cloud: Pick<Cloud, 'answer'>): void;
  close(): Promise<void>;
}

/**
 * An endpoint that is there before its cloud, since what is installed there has to know its own address; requests wait
 * meanwhile. Throws PortNotFree.
 */
export async function openEndpoint(port: number): Promise<LocalEndpoint> {
  const { promise: cloud, resolve: lead } = Promise.withResolvers<Pick<Cloud, 'answer'>>();
  const server = await serve(port, async (request) => (await cloud).answer(request, 'client'));
  return { url: `http://127.0.0.1:${server.port}`, lead, close: server.close };
}
