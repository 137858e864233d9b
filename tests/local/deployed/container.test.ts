import { afterEach, describe, expect, it } from 'vitest';
import { containerOf, endContainers, opensAt } from './support-container.ts';

afterEach(endContainers);

const handler = (body: string, before = '') =>
  `${before}\nexport const handler = async (event, context) => {${body}};`;

describe('when time passes for a function in a container', () => {
  it('stands still while the function computes, however long that takes', async () => {
    const container = await containerOf(
      handler(`
        const begun = [Date.now(), performance.now(), Number(process.hrtime.bigint())];
        for (let n = 0, sum = 0; n < 2e7; n += 1) sum += n;
        return [Date.now() - begun[0], performance.now() - begun[1], Number(process.hrtime.bigint()) - begun[2]];`),
    );

    expect(await container.invoke()).toEqual([0, 0, 0]);
    expect(container.passed()).toBe(0);
  });

  it('tells the time of the cloud, not of the machine', async () => {
    const container = await containerOf(
      handler('return [new Date(), new Date(0), Date.now(), new Date() instanceof Date, typeof Date()];'),
    );

    expect(await container.invoke()).toEqual([
      new Date(opensAt).toISOString(),
      new Date(0).toISOString(),
      opensAt,
      true,
      'string',
    ]);
  });

  it.each([
    ['setTimeout', 'await new Promise((resolve) => setTimeout(resolve, 90_000));'],
    ['the promises of node:timers', 'await sleep(90_000);'],
    ['fractions of a millisecond, which do not count', 'await sleep(90_000.7);'],
    ['two sleeps at a time', 'await Promise.all([sleep(90_000), sleep(30_000)]);'],
    ['one after the other', 'await sleep(30_000); await sleep(60_000);'],
    [
      'setInterval',
      'let n = 0; await new Promise((resolve) => { const t = setInterval(() => { if ((n += 1) === 3) { clearInterval(t); resolve(); } }, 30_000); });',
    ],
    ['a promisified timer', 'await promisify(setTimeout)(90_000);'],
    [
      'a timer that is refreshed',
      'await new Promise((resolve) => { const t = setTimeout(resolve, 60_000); setTimeout(() => t.refresh(), 30_000); });',
    ],
  ])('sleeps in simulated time by %s', async (_, body) => {
    const imports = `import { setTimeout as sleep } from 'node:timers/promises';\nimport { promisify } from 'node:util';`;
    const container = await containerOf(handler(`${body}; return Date.now();`, imports), {
      timeoutInSeconds: 100,
    });

    expect(await container.invoke()).toBe(opensAt + 90_000);
    expect(container.passed()).toBe(90_000);
  });

  it('does not wait for timers that are cleared, nor in order to yield', async () => {
    const container = await containerOf(
      handler(`
        const late = setTimeout(() => { throw new Error('late'); }, 5000);
        await new Promise((resolve) => setTimeout(resolve, 0));
        clearTimeout(late);
        return 'done';`),
    );

    expect(await container.invoke()).toBe('done');
    expect(container.passed()).toBe(0);
  });

  it('does not pass while a call is answered, although a timer watches over it', async () => {
    const slow = () => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 20));
    const container = await containerOf(
      handler(`
        const late = setTimeout(() => { throw new Error('late'); }, 3000);
        const answer = await (await fetch('https://example.com/')).text();
        clearTimeout(late);
        return answer;`),
      { answer: async () => (await slow()) ?? { status: 200, headers: {}, body: 'answer' } },
    );

    expect(await container.invoke()).toBe('answer');
    expect(container.passed()).toBe(0);
  });

  it('ends with the timeout of the function, and the container with it', async () => {
    const container = await containerOf(
      handler('await new Promise((resolve) => setTimeout(resolve, 11_000));'),
      {
        timeoutInSeconds: 10,
      },
    );

    await expect(container.invoke()).rejects.toThrow('Task timed out after 10.00 seconds');
    expect(container.passed()).toBe(10_000);
    expect(container.isAlive()).toBe(false);
  });
});

describe('when a function in a container talks to the world', () => {
  it('has the host for all its network, under HTTP and fetch', async () => {
    const container = await containerOf(
      handler(
        `
        const viaHttps = await new Promise((resolve, reject) => {
          const options = { hostname: 'sqs.eu-west-1.amazonaws.com', path: '/?a=b', method: 'POST', headers: { 'X-Amz-Target': 'T' } };
          const request = https.request(options, (response) => {
            const chunks = [];
            response.on('data', (chunk) => chunks.push(chunk));
            response.on('end', () => resolve([response.statusCode, response.headers['x-told'], Buffer.concat(chunks).toString()]));
          });
          request.on('error', reject);
          request.write('bo');
          request.end('dy');
        });
        const response = await fetch('https://example.com/hook', { method: 'POST', body: 'hello' });
        return [viaHttps, [response.status, response.headers.get('x-told'), await response.text()]];`,
        `import https from 'node:https';`,
      ),
    );

    expect(await container.invoke()).toEqual([
      [200, 'yes', 'answer'],
      [200, 'yes', 'answer'],
    ]);
    expect(container.requests).toMatchObject([
      {
        method: 'POST',
        url: 'https://sqs.eu-west-1.amazonaws.com/?a=b',
        headers: { host: 'sqs.eu-west-1.amazonaws.com', 'x-amz-target': 'T' },
        body: new Uint8Array(Buffer.from('body')),
      },
      { method: 'POST', url: 'https://example.com/hook', body: new Uint8Array(Buffer.from('hello')) },
    ]);
  });

  it('finds nobody where the host has no answer', async () => {
    const refuse = async (): Promise<never> => {
      throw new Error('nobody is there');
    };
    const container = await containerOf(handler(`await fetch('https://example.com/');`), { answer: refuse });

    await expect(container.invoke()).rejects.toThrow('fetch failed');
  });

  it('has the variables of its resource and no other', async () => {
    const container = await containerOf(handler('return process.env;'), { variables: { ONE: '1' } });

    expect(await container.invoke()).toEqual({ ONE: '1' });
  });

  it('logs to the host, line by line', async () => {
    const container = await containerOf(handler(`console.log('one'); console.error('two\\nthree');`));

    await container.invoke();

    expect(container.lines).toEqual(['one', 'two', 'three']);
  });

  it('is told of its invocation', async () => {
    const container = await containerOf(
      handler('return [event.n, context.functionName, context.getRemainingTimeInMillis()];'),
    );

    expect(await container.invoke({ n: 7 })).toEqual([7, 'worker', 60_000]);
  });
});

describe('when a container is used again', () => {
  it('keeps what the code has kept, as Lambda does', async () => {
    const container = await containerOf(handler('return (count += 1);', 'let count = 0;'));

    expect([await container.invoke(), await container.invoke()]).toEqual([1, 2]);
  });

  it('has lost the calls that nobody waited for', async () => {
    const container = await containerOf(
      handler(
        `
        const former = pending;
        if (former) return former.catch((fault) => fault.cause.message);
        pending = fetch('https://example.com/');
        pending.catch(() => {});`,
        'let pending;',
      ),
      { answer: async () => new Promise<never>(() => {}) },
    );
    await container.invoke();

    expect(await container.invoke()).toBe('The connection was reset');
  });
});

describe('when a function in a container goes wrong', () => {
  it('tells the error that was thrown, and lives on', async () => {
    const container = await containerOf(
      handler(`if (event.bad) throw Object.assign(new Error('no'), { name: 'Refused' }); return 'yes';`),
    );

    await expect(container.invoke({ bad: true })).rejects.toMatchObject({ name: 'Refused', message: 'no' });
    expect(await container.invoke()).toBe('yes');
  });

  it('tells each invocation that the code cannot be loaded', async () => {
    const container = await containerOf(`throw new Error('incomplete');`);

    await expect(container.invoke()).rejects.toThrow('incomplete');
    await expect(container.invoke()).rejects.toThrow('incomplete');
  });

  it('tells that there is no handler', async () => {
    const container = await containerOf('export const other = 1;');

    await expect(container.invoke()).rejects.toMatchObject({ name: 'Runtime.HandlerNotFound' });
  });

  it.each([
    ['leaves the process', 'process.exit(3);'],
    [
      'throws where nobody catches',
      `setTimeout(() => { throw new Error('lost'); }, 10); await new Promise(() => {});`,
    ],
    [
      'takes more memory than its resource has',
      'const all = []; for (;;) all.push(new Array(1e5).fill(1.5));',
    ],
  ])('goes down where it %s', async (_, body) => {
    const container = await containerOf(handler(body), { memoryInMegabytes: 32 });

    await expect(container.invoke()).rejects.toMatchObject({ name: 'Runtime.ExitError' });
    expect(container.isAlive()).toBe(false);
  });

  it('stops with the machine that dies under it', async () => {
    const container = await containerOf(handler(`await fetch('https://example.com/');`), {
      checkpoint: () => new Promise<never>(() => {}),
    });

    await container.invoke().catch(() => {});

    expect(container.requests).toEqual([]);
    expect(container.isAlive()).toBe(false);
  });
});
