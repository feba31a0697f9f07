/** Why an export cannot be read at all; what is merely missing from one is a gap of its map. The message says what to do. */
export class RvtoolsError extends Error {
  override readonly name = 'RvtoolsError';
  constructor(
    readonly code:
      | 'rvtools_not_an_export'
      | 'rvtools_damaged'
      | 'rvtools_too_large'
      | 'rvtools_undated'
      | 'rvtools_several_vcenters',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
