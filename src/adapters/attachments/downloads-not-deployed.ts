export class DownloadsNotDeployed extends Error {
  override readonly name = 'DownloadsNotDeployed';
  readonly missing: string;
  constructor(missing: string) {
    super(`links to attachments are not possible without ${missing}: deploy the system again`);
    this.missing = missing;
  }
}
