/** How a build lists the resources of a type in one region, to stamp those that it sees for the first time. */
export interface Listing {
  readonly service: string;
  readonly operation: string;
  /** JMESPath of ARNs; of names, identifiers or URLs when there is an `arnPrefix`. */
  readonly query: string;
  /** What makes an ARN of the last `/` part of each answer; PARTITION, REGION and ACCOUNT are filled in. */
  readonly arnPrefix: string;
}

/** Where the age of a resource is read: off the engine, off our own tag, or nowhere (then only its tags count). */
export type AgeSource =
  | { readonly kind: 'property'; readonly property: string }
  | { readonly kind: 'first-seen'; readonly listing: Listing }
  | { readonly kind: 'none' };

export interface ResourceType {
  readonly name: string;
  readonly tagged: boolean;
  readonly age: AgeSource;
}

/** The tag with which builds remember when they first saw a resource whose type has no date. */
export const firstSeenTag = 'spa-first-seen';

const dated = (name: string, property: string): ResourceType => ({
  name,
  tagged: true,
  age: { kind: 'property', property },
});

const firstSeen = (name: string, command: string, query: string, arnPrefix = ''): ResourceType => {
  const [service = '', operation = ''] = command.split(' ');
  return {
    name,
    tagged: true,
    age: { kind: 'first-seen', listing: { service, operation, query, arnPrefix } },
  };
};

const taggedOnly = (name: string): ResourceType => ({ name, tagged: true, age: { kind: 'none' } });

const arn = (service: string, kind: string) => `arn:PARTITION:${service}:REGION:ACCOUNT:${kind}`;

/**
 * The types that a purge may delete, in the engine's words, read in the source of aws-nuke v3. No other type is ever
 * handed to the engine: the filters of a type that lacks the property are skipped, and all its resources are deleted.
 * IAM, Config, CloudTrail and Organizations are left out on purpose: they hold what governs the account.
 */
export const resourceTypes: readonly ResourceType[] = [
  dated('ACMCertificate', 'CreatedAt'),
  dated('APIGatewayRestAPI', 'CreatedDate'),
  dated('APIGatewayV2API', 'CreatedDate'),
  dated('AutoScalingGroup', 'CreatedTime'),
  dated('CloudFormationStack', 'CreationTime'),
  dated('CloudWatchLogsLogGroup', 'CreationTime'),
  dated('DSQLCluster', 'CreationTime'),
  dated('EC2Image', 'CreationDate'),
  dated('EC2Instance', 'LaunchTime'),
  dated('EC2KeyPair', 'CreateTime'),
  dated('EC2NATGateway', 'CreateTime'),
  dated('EC2Snapshot', 'StartTime'),
  dated('EC2Volume', 'CreateTime'),
  dated('ECRRepository', 'CreatedTime'),
  dated('EKSCluster', 'CreatedAt'),
  dated('EKSFargateProfile', 'CreatedAt'),
  dated('EKSNodegroup', 'CreatedAt'),
  dated('ELB', 'CreatedTime'),
  dated('ELBv2', 'CreatedTime'),
  { name: 'EMRCluster', tagged: false, age: { kind: 'property', property: 'CreatedTime' } },
  dated('OSPipeline', 'CreatedAt'),
  dated('PipesPipe', 'CreationDate'),
  dated('RDSInstance', 'InstanceCreateTime'),
  dated('RDSSnapshot', 'CreatedTime'),
  dated('RedshiftCluster', 'CreatedTime'),
  dated('S3Bucket', 'CreationDate'),
  dated('SFNStateMachine', 'CreationDate'),
  dated('SageMakerDomain', 'CreationTime'),

  firstSeen('DocDBCluster', 'docdb describe-db-clusters', 'DBClusters[].DBClusterArn'),
  firstSeen('DynamoDBTable', 'dynamodb list-tables', 'TableNames', arn('dynamodb', 'table/')),
  firstSeen('EC2Address', 'ec2 describe-addresses', 'Addresses[].AllocationId', arn('ec2', 'elastic-ip/')),
  firstSeen('EFSFileSystem', 'efs describe-file-systems', 'FileSystems[].FileSystemArn'),
  firstSeen('ElasticacheCacheCluster', 'elasticache describe-cache-clusters', 'CacheClusters[].ARN'),
  firstSeen('FSxBackup', 'fsx describe-backups', 'Backups[].ResourceARN'),
  firstSeen('FSxFileSystem', 'fsx describe-file-systems', 'FileSystems[].ResourceARN'),
  // Lambda has a date, but in a format that stops the engine altogether.
  firstSeen('LambdaFunction', 'lambda list-functions', 'Functions[].FunctionArn'),
  firstSeen('MSKCluster', 'kafka list-clusters', 'ClusterInfoList[].ClusterArn'),
  firstSeen('NeptuneCluster', 'neptune describe-db-clusters', 'DBClusters[].DBClusterArn'),
  firstSeen(
    'RDSClusterSnapshot',
    'rds describe-db-cluster-snapshots',
    "DBClusterSnapshots[?SnapshotType=='manual'].DBClusterSnapshotArn",
  ),
  firstSeen('RDSDBCluster', 'rds describe-db-clusters', 'DBClusters[].DBClusterArn'),
  firstSeen('SNSTopic', 'sns list-topics', 'Topics[].TopicArn'),
  firstSeen('SQSQueue', 'sqs list-queues', 'QueueUrls', arn('sqs', '')),
  firstSeen('SecretsManagerSecret', 'secretsmanager list-secrets', 'SecretList[?!OwningService].ARN'),

  // A key or a zone outlives what was made with it, and a cluster can't go before its services: only by their tags.
  taggedOnly('ECSCluster'),
  taggedOnly('ECSService'),
  taggedOnly('KMSKey'),
  taggedOnly('Route53HostedZone'),
];

const byName = new Map(resourceTypes.map((type) => [type.name, type]));

/** The type of that name; undefined for those that no purge ever touches. */
export const resourceType = (name: string): ResourceType | undefined => byName.get(name);

/** Name of the property by which the engine judges the age of a type; undefined when there is none. */
export function ageProperty({ age }: ResourceType): string | undefined {
  if (age.kind === 'property') return age.property;
  return age.kind === 'first-seen' ? `tag:${firstSeenTag}` : undefined;
}
