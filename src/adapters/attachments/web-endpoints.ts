/** Parameter that holds our addresses on the web, as JSON, without the environment identifier before it. */
export const webEndpoints = 'WebEndpoints';

/** Under which scripts find the address of downloads there. */
export const downloadEndpoint = 'OnException.DownloadAttachment.WebEndpoint';
