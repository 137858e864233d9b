import { cbor, dateToTag, tagSymbol } from '@smithy/core/cbor';
import { describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '#emulator/service.ts';
import { opensAt } from '#tests/emulator/support-small-cloud.ts';
import { openMetrics } from './support-cloudwatch.ts';

const credential = 'AWS4-HMAC-SHA256 Credential=x/20261122/eu-west-1/monitoring/aws4_request';

function request(path: string, headers: Record<string, string>, body: Uint8Array): HttpRequest {
  return {
    method: 'POST',
    path,
    query: new URLSearchParams(),
    headers: { authorization: credential, ...headers },
    body,
  };
}

const binary = (operation: string, input: unknown) =>
  request(
    `/service/GraniteServiceVersion20100801/operation/${operation}`,
    { 'smithy-protocol': 'rpc-v2-cbor' },
    Buffer.from(cbor.serialize(input)),
  );

const query = (form: Record<string, string>) =>
  request('/', {}, Buffer.from(String(new URLSearchParams(form))));

const decoded = ({ body }: HttpResponse): unknown => cbor.deserialize(Buffer.from(body));

describe('when a client speaks CBOR, as botocore does', () => {
  it('puts values at a moment, and reads moments back', async () => {
    const { platform } = openMetrics();
    const time = dateToTag(new Date(opensAt));
    const datum = { MetricName: 'Sales', Value: 1.5, Timestamp: time };

    const put = await platform.answer(
      binary('PutMetricData', { Namespace: 'Shop', MetricData: [datum] }),
      'client',
    );
    const read = await platform.answer(
      binary('GetMetricData', {
        StartTime: time,
        EndTime: dateToTag(new Date(opensAt + 60_000)),
        MetricDataQueries: [
          {
            Id: 's',
            MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Sales' }, Period: 60, Stat: 'Sum' },
          },
        ],
      }),
      'client',
    );

    expect(put).toMatchObject({ status: 200, headers: { 'smithy-protocol': 'rpc-v2-cbor' } });
    expect(decoded(read)).toMatchObject({
      MetricDataResults: [
        { Values: [1.5], Timestamps: [{ tag: 1, value: opensAt / 1000, [tagSymbol]: true }] },
      ],
    });
  });

  it('is told errors with their names of both protocols', async () => {
    const { platform } = openMetrics();

    const answer = await platform.answer(binary('GetDashboard', { DashboardName: 'None' }), 'client');

    expect(answer).toMatchObject({
      status: 404,
      headers: { 'x-amzn-query-error': 'ResourceNotFound;Sender' },
    });
    expect(decoded(answer)).toMatchObject({ __type: 'DashboardNotFoundError' });
  });
});

describe('when a client speaks the query protocol, as older ones do', () => {
  it('puts values, and lists metrics', async () => {
    const { platform } = openMetrics();

    const put = await platform.answer(
      query({
        Action: 'PutMetricData',
        Namespace: 'Shop',
        'MetricData.member.1.MetricName': 'Sales',
        'MetricData.member.1.Value': '2',
        'MetricData.member.1.Timestamp': new Date(opensAt).toISOString(),
        'MetricData.member.1.Dimensions.member.1.Name': 'City',
        'MetricData.member.1.Dimensions.member.1.Value': 'Lyon',
      }),
      'client',
    );
    const listed = await platform.answer(query({ Action: 'ListMetrics' }), 'client');

    expect(put.status).toBe(200);
    expect(listed.body).toContain(
      '<member><Namespace>Shop</Namespace><MetricName>Sales</MetricName><Dimensions><member><Name>City</Name><Value>Lyon</Value></member></Dimensions></member>',
    );
  });

  it('is told errors in XML', async () => {
    const { platform } = openMetrics();

    const answer = await platform.answer(query({ Action: 'GetDashboard', DashboardName: 'None' }), 'client');

    expect(answer.status).toBe(404);
    expect(answer.body).toContain('<Code>ResourceNotFound</Code>');
  });
});

describe('when an operation is unknown', () => {
  it('is refused with 501', async () => {
    const { platform } = openMetrics();

    const answer = await platform.answer(binary('PutCompositeAlarm', {}), 'client');

    expect(answer.status).toBe(501);
  });
});
