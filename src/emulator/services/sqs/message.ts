/** A message as it was sent; what becomes of it is kept by the queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly md5: string;
  readonly attributes: MessageAttributes | undefined;
  readonly md5OfAttributes: string | undefined;
  readonly senderId: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  /** Only in FIFO queues. */
  readonly sequenceNumber: string | undefined;
  /** ARN of the queue that gave up on the message. */
  readonly deadLetterSource: string | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** As it is on the wire: binary values are base64. */
export interface MessageAttribute {
  readonly DataType?: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** A message in a queue: it can be received, or it is hidden until a time. */
export interface QueuedMessage extends Message {
  readonly order: number;
  readonly state: 'visible' | 'delayed' | 'inFlight' | 'gone';
  readonly receiveCount: number;
  readonly firstReceivedAt: number | undefined;
}
