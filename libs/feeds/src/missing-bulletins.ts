import { type Bulletin, kbOf, type ProductBulletins } from './kb-catalogue.js';

/** Where a chain of supersedence breaks: nobody says what `kb`, which `namedBy` takes the place of, had replaced itself. */
export type Hole = { kb: string; namedBy: string };

export type MissingBulletins = {
  /** Updates of the product that are not installed, nor is any that supersedes them by a chain without a hole. */
  missing: Bulletin[];
  /** Holes below what is installed: something in `missing` may be covered by what lies behind them. */
  holes: Hole[];
  /** Installed updates that the catalogue does not know for this product; what they replace is not known either. */
  unplaced: string[];
  /** Vulnerabilities without an update: nothing that is installed can prove them fixed. */
  withoutKb: string[];
};

/** The catalogue of one product, ready for many hosts: an answer costs as much as the chains below the installed updates. */
export class ProductIndex {
  private readonly byKb: ReadonlyMap<string, Bulletin>;

  constructor(private readonly product: ProductBulletins) {
    this.byKb = new Map(product.bulletins.map((bulletin) => [bulletin.kb, bulletin]));
  }

  /** CVEs that one update fixes; undefined = the catalogue does not know it. */
  cvesOf(id: string): readonly string[] | undefined {
    return this.byKb.get(kbOf(id) ?? '')?.cves;
  }

  /** @param installed as the host lists them; what is no KB number is passed over. */
  missingOf(installed: readonly string[]): MissingBulletins {
    const kbs = [...new Set(installed.flatMap((id) => kbOf(id) ?? []))];
    const holes: Hole[] = [];
    const covered = new Set(kbs);
    const open = [...kbs];
    for (let kb = open.pop(); kb !== undefined; kb = open.pop()) {
      const bulletin = this.byKb.get(kb);
      if (bulletin?.hasUnreadable) holes.push({ kb: 'unreadable', namedBy: kb });
      for (const older of bulletin?.supersedes ?? []) {
        if (!this.byKb.has(older)) holes.push({ kb: older, namedBy: kb });
        if (covered.has(older)) continue;
        covered.add(older);
        open.push(older);
      }
    }
    return {
      missing: this.product.bulletins.filter(({ kb }) => !covered.has(kb)),
      holes: holes.toSorted((a, b) => (a.kb + a.namedBy < b.kb + b.namedBy ? -1 : 1)),
      unplaced: kbs.filter((kb) => !this.byKb.has(kb)).toSorted(),
      withoutKb: this.product.withoutKb,
    };
  }
}

/**
 * Every CVE that a missing update fixes. One that an installed update fixes as well stays in: two updates may mend two
 * components of one CVE, and nothing here can tell. Sorted.
 */
export const cvesOfMissing = ({ missing }: MissingBulletins): string[] =>
  [...new Set(missing.flatMap(({ cves }) => cves))].toSorted();
