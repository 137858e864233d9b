/** Whether AWS has refused a call for want of permission; its services word the name of that error each in their way. */
export const isDenied = (fault: unknown): fault is Error =>
  fault instanceof Error && fault.name.startsWith('AccessDenied');
