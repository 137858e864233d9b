/** The product does not get into the world, for a reason that people can mend. */
export class InstallationFailed extends Error {
  override readonly name = 'InstallationFailed';
}
