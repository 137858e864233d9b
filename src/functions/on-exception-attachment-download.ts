import { webRequested } from '#events/web-request.ts';
import { serveAttachment } from '#workflows/serve-attachment.ts';
import { defineFunction } from './define-function.ts';

export const onExceptionAttachmentDownload = defineFunction({
  name: 'OnExceptionAttachmentDownload',
  purpose: 'Give the attachments of incidents to those who hold a good link',
  whenItFails: 'links to the costs of an account open nothing',
  trigger: webRequested('OnException.DownloadAttachment.WebEndpoint'),
  needs: ['downloads', 'settings'],
  run: serveAttachment,
  timeoutInSeconds: 30,
});
