import { RvtoolsError } from './rvtools-error.js';
import { clean } from './table/cells.js';

type Says = { server?: string; vcenter?: string; product?: string; apiVersion?: string; build?: string };

/** The vCenter that an export speaks of, as its rows agree on it. */
export class Source {
  vcenterUuid: string | null = null;
  server: string | null = null;
  /** Empty = not told. */
  apiVersion = '';
  build = '';

  /** @throws RvtoolsError rvtools_several_vcenters: object ids of two vCenters may be the same */
  see({ server, vcenter, product, apiVersion, build }: Says): void {
    const uuid = vcenter === undefined ? null : clean(vcenter.toLowerCase(), 64);
    if (uuid !== null && this.vcenterUuid !== null && uuid !== this.vcenterUuid)
      throw new RvtoolsError(
        'rvtools_several_vcenters',
        'The export holds several vCenters: export each of them for itself.',
      );
    this.vcenterUuid ??= uuid;
    this.server ??= server ?? null;
    if (this.apiVersion === '') this.apiVersion = clean(apiVersion ?? '', 32);
    if (this.build === '') this.build = clean(build ?? /build-(\d+)/.exec(product ?? '')?.[1] ?? '', 32);
  }
}
