import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { aParameter, aQueue, openStackCloud, type Template } from './support-stacks.ts';

type Given = Parameters<ReturnType<typeof openStackCloud>['create']>[1];

/** What a value of a template becomes: it is written to a parameter, beside a queue named `q`. */
async function resolved(value: unknown, sections: Readonly<Record<string, unknown>> = {}, given: Given = {}) {
  const cloud = openStackCloud();
  await cloud
    .clients()
    .ssm.send(new PutParameterCommand({ Name: '/stored', Value: 'from the store', Type: 'String' }));
  const { faults } = await cloud.create(
    { ...sections, Resources: { Queue: aQueue({ QueueName: 'q' }), Text: aParameter('/text', value) } },
    given,
  );
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const { Parameter } = await cloud.clients().ssm.send(new GetParameterCommand({ Name: '/text' }));
  return Parameter?.Value;
}

const refused = (template: Template, given: Given = {}) =>
  openStackCloud()
    .create(template, given)
    .then(
      () => 'taken',
      (fault: Error) => fault.message,
    );

const arn = 'arn:aws:sqs:eu-west-1:222222222222:q';

describe('when a template has functions', () => {
  it.each([
    ['Ref of a pseudo parameter', { Ref: 'AWS::AccountId' }, '222222222222'],
    ['Ref of a resource', { Ref: 'Queue' }, 'http://127.0.0.1:4566/222222222222/q'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Queue', 'Arn'] }, arn],
    ['Fn::GetAtt in one text', { 'Fn::GetAtt': 'Queue.QueueName' }, 'q'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 'b']] }, 'a-eu-west-1-b'],
    ['Fn::Sub', { 'Fn::Sub': '${AWS::Partition} ${Queue.Arn} ${!kept}' }, `aws ${arn} \${kept}`],
    [
      'Fn::Sub with values',
      { 'Fn::Sub': ['${Own}/${Queue.QueueName}', { Own: { Ref: 'AWS::StackName' } }] },
      'Stack/q',
    ],
    [
      'Fn::Select and Fn::Split',
      { 'Fn::Select': [2, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] },
      'sqs',
    ],
    ['Fn::Base64', { 'Fn::Base64': 'text' }, 'dGV4dA=='],
  ])('applies %s', async (_, value, expected) => {
    expect(await resolved(value)).toBe(expected);
  });

  it('chooses by conditions, and leaves out what has no value', async () => {
    const sections = {
      Parameters: { Stage: { Type: 'String', Default: 'test' } },
      Conditions: {
        IsLive: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] },
        IsTest: { 'Fn::Not': [{ Condition: 'IsLive' }] },
        Both: { 'Fn::And': [{ Condition: 'IsLive' }, { Condition: 'IsTest' }] },
        Either: { 'Fn::Or': [{ Condition: 'Both' }, { Condition: 'IsTest' }] },
      },
    };
    const value = {
      'Fn::Join': [
        '',
        [{ 'Fn::If': ['Either', 'test', 'live'] }, { 'Fn::If': ['Both', 'never', { Ref: 'AWS::NoValue' }] }],
      ],
    };

    expect(await resolved(value, sections)).toBe('test');
  });

  it('finds values in mappings', async () => {
    const sections = { Mappings: { Sizes: { 'eu-west-1': { small: 7 } } } };

    expect(await resolved({ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, sections)).toBe(
      '7',
    );
    await expect(resolved({ 'Fn::FindInMap': ['Sizes', 'mars', 'small'] }, sections)).rejects.toThrow(
      'Unable to get mapping for Sizes::mars::small',
    );
  });

  it('leaves the conditions of policies alone', async () => {
    const policy = { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } };

    expect(await resolved({ 'Fn::Sub': JSON.stringify(policy) })).toContain('aws:SourceAccount');
  });

  it('refuses a function that nothing here knows, and an attribute that a resource has not', async () => {
    await expect(resolved({ 'Fn::Transform': 'Include' })).rejects.toThrow('does not know Fn::Transform');
    await expect(resolved({ 'Fn::GetAtt': ['Queue', 'Color'] })).rejects.toThrow(
      'resource Queue does not support attribute Color',
    );
  });
});

describe('when a template has parameters', () => {
  const word = (declared: Readonly<Record<string, unknown>>) => ({
    Parameters: { Word: declared },
    Resources: { Text: aParameter('/text', { Ref: 'Word' }) },
  });
  const given = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Word', ParameterValue }] });

  it('takes what is given, else the default', async () => {
    const sections = { Parameters: { Word: { Type: 'String', Default: 'usual' } } };

    expect(await resolved({ Ref: 'Word' }, sections)).toBe('usual');
    expect(await resolved({ Ref: 'Word' }, sections, given('other'))).toBe('other');
  });

  it('reads those of Parameter Store', async () => {
    const Type = 'AWS::SSM::Parameter::Value<String>';
    const sections = { Parameters: { Word: { Type, Default: '/stored' } } };

    expect(await resolved({ Ref: 'Word' }, sections)).toBe('from the store');
    expect(await refused(word({ Type, Default: '/nowhere' }))).toMatch(
      'Unable to fetch parameters [/nowhere]',
    );
  });

  it('splits lists', async () => {
    const sections = { Parameters: { Word: { Type: 'CommaDelimitedList', Default: 'a, b' } } };

    expect(await resolved({ 'Fn::Join': ['+', { Ref: 'Word' }] }, sections)).toBe('a+b');
  });

  it.each([
    [{ Type: 'String' }, {}, 'must have values'],
    [{ Type: 'String', AllowedPattern: '^o-[a-z]+$' }, given('o-1'), 'must match pattern'],
    [{ Type: 'String', AllowedPattern: 'o', ConstraintDescription: 'be an o' }, given('oo'), 'be an o'],
    [{ Type: 'String', AllowedValues: ['a', 'b'] }, given('c'), 'must be one of AllowedValues'],
    [{ Type: 'String', MinLength: 3 }, given('c'), 'length out of bounds'],
    [{ Type: 'Number' }, given('many'), 'must be a number'],
    [{ Type: 'Number', MaxValue: '5' }, given('6'), 'number out of bounds'],
  ])('refuses %j given %j', async (declared, more, message) => {
    expect(await refused(word(declared), more)).toMatch(message);
  });

  it('refuses those that the template does not have', async () => {
    const template = { Resources: { Queue: aQueue() } };

    expect(await refused(template, given('x'))).toMatch('Parameters: [Word] do not exist in the template');
  });

  it('demands what rules say of them, as templates of the CDK do of the bootstrap version', async () => {
    const template = {
      Parameters: { Version: { Type: 'String', Default: '5' } },
      Rules: {
        Bootstrapped: {
          Assertions: [
            {
              Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'Version' }] }] },
              AssertDescription: 'CDK bootstrap stack version 6 required.',
            },
          ],
        },
      },
      Resources: { Queue: aQueue() },
    };

    expect(await refused(template)).toMatch('CDK bootstrap stack version 6 required.');
    expect(await refused(template, { Parameters: [{ ParameterKey: 'Version', ParameterValue: '31' }] })).toBe(
      'taken',
    );
  });
});

describe('when a template cannot be right', () => {
  it.each([
    ['has no resources', { Resources: {} }, 'At least one Resources member'],
    ['has a section that AWS does not know', { Resources: { Queue: aQueue() }, Extra: {} }, '[Extra]'],
    [
      'names a type that nothing here makes',
      { Resources: { X: { Type: 'AWS::EC2::Instance' } } },
      'Unrecognized resource types: [AWS::EC2::Instance]',
    ],
    [
      'speaks of a resource that is not there',
      { Resources: { T: aParameter('/t', { Ref: 'Nobody' }) } },
      'Unresolved resource dependencies [Nobody]',
    ],
    [
      'waits for a resource that is not there',
      { Resources: { Q: { ...aQueue(), DependsOn: 'Nobody' } } },
      'Unresolved resource dependencies [Nobody]',
    ],
    [
      'goes round in a circle',
      { Resources: { A: aParameter('/a', { Ref: 'B' }), B: aParameter('/b', { 'Fn::Sub': '${A}' }) } },
      'Circular dependency between resources: [A, B]',
    ],
    [
      'has an attribute that AWS does not know',
      { Resources: { Q: { ...aQueue(), Depends: 'On' } } },
      "Invalid template resource property 'Depends'",
    ],
    [
      'asks for a snapshot',
      { Resources: { Q: { ...aQueue(), DeletionPolicy: 'Snapshot' } } },
      'Unrecognized DeletionPolicy Snapshot',
    ],
  ])('refuses one that %s', async (_, template, message) => {
    expect(await refused(template)).toContain(message);
  });

  it('refuses what is no JSON and no YAML, both a body and an address, and a body that is too long', async () => {
    const { call } = openStackCloud();
    const long = JSON.stringify({ Resources: { T: aParameter('/t', 'x'.repeat(51_200)) } });

    await expect(call('CreateStack', { StackName: 'S', TemplateBody: '{"Res' })).rejects.toThrow('JSON');
    await expect(call('CreateStack', { StackName: 'S', TemplateBody: 'a: b: c' })).rejects.toThrow('YAML');
    await expect(call('CreateStack', { StackName: 'S', TemplateBody: 'a: !New b' })).rejects.toThrow('YAML');
    await expect(call('CreateStack', { StackName: 'S' })).rejects.toThrow(
      'Either Template URL or Template Body',
    );
    await expect(call('CreateStack', { StackName: 'S', TemplateBody: long })).rejects.toThrow('51200');
    await expect(
      call('CreateStack', { StackName: 'S', TemplateURL: 'https://b.s3.eu-west-1.amazonaws.com/k' }),
    ).rejects.toThrow('S3 error');
  });

  it('makes no role for somebody who does not say that roles are made', async () => {
    const role = { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } };
    const template = (Properties: object) => ({
      Resources: { Role: { Type: 'AWS::IAM::Role', Properties } },
    });

    expect(await refused(template(role), { Capabilities: [] })).toMatch('CAPABILITY_IAM');
    expect(await refused(template({ ...role, RoleName: 'r' }), { Capabilities: ['CAPABILITY_IAM'] })).toMatch(
      'CAPABILITY_NAMED_IAM',
    );
  });

  it('refuses with 501 what would change the meaning of a request and is not known', async () => {
    const { call } = openStackCloud();
    const TemplateBody = JSON.stringify({ Resources: { Queue: aQueue() } });

    for (const more of [{ TimeoutInMinutes: '5' }, { OnFailure: 'DELETE' }, { NotificationARNs: ['arn'] }])
      await expect(call('CreateStack', { StackName: 'S', TemplateBody, ...more })).rejects.toMatchObject({
        status: 501,
      });
    await expect(call('DetectStackDrift', { StackName: 'S' })).rejects.toMatchObject({ status: 501 });
  });
});
