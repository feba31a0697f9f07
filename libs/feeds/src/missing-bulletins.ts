import { type Bulletin, kbOf, kbOfKey } from './kb-catalogue.js';

export type MissingBulletin = { kb: string } & Bulletin;

/** Where a chain of supersedence breaks: nobody says what `kb`, which `namedBy` takes the place of, had replaced itself. */
export type Hole = { kb: string; namedBy: string };

export type MissingBulletins = {
  /** Updates of the product that are not installed, nor is any that supersedes them by a chain without a hole. */
  missing: MissingBulletin[];
  /** Those of `missing` that something installed may have replaced all the same: behind a hole lies what came before it. */
  doubtful: ReadonlySet<string>;
  /** Holes below what is installed. */
  holes: Hole[];
  /** Installed updates that the catalogue does not know for this product; what they replace is not known either. */
  unplaced: string[];
  /** Vulnerabilities without an update: nothing that is installed can prove them fixed. */
  withoutKb: readonly string[];
};

/** The catalogue of one product, ready for many hosts: an answer costs as much as the chains below the installed updates. */
export class ProductIndex {
  private readonly byKb = new Map<string, MissingBulletin>();
  private withoutKb: readonly string[] = [];

  /** @param entries of one product; see `bulletinKey`. More may be added, so that a large product need not come at once. */
  constructor(entries: Iterable<readonly [key: string, bulletin: Bulletin]> = []) {
    this.add(entries);
  }

  add(entries: Iterable<readonly [key: string, bulletin: Bulletin]>): void {
    for (const [key, bulletin] of entries) {
      const kb = kbOfKey(key);
      if (kb === null) this.withoutKb = bulletin.cves;
      else this.byKb.set(kb, { kb, ...bulletin });
    }
  }

  get isEmpty(): boolean {
    return this.byKb.size === 0 && this.withoutKb.length === 0;
  }

  /** CVEs that one update fixes; undefined = the catalogue does not know it. */
  cvesOf(id: string): readonly string[] | undefined {
    return this.byKb.get(kbOf(id) ?? '')?.cves;
  }

  /** @param installed as the host lists them; what is no KB number is passed over. */
  missingOf(installed: readonly string[]): MissingBulletins {
    const kbs = [...new Set(installed.flatMap((id) => kbOf(id) ?? []))];
    const { covered, holes } = this.below(kbs);
    const unplaced = kbs.filter((kb) => !this.byKb.has(kb)).toSorted();
    const missing = [...this.byKb.values()].filter(({ kb }) => !covered.has(kb));
    const isDoubtful = this.doubtBy(holes, unplaced);
    return {
      missing,
      doubtful: new Set(missing.filter(isDoubtful).map(({ kb }) => kb)),
      holes: holes.toSorted((a, b) => (a.kb + a.namedBy < b.kb + b.namedBy ? -1 : 1)),
      unplaced,
      withoutKb: this.withoutKb,
    };
  }

  private below(kbs: readonly string[]): { covered: ReadonlySet<string>; holes: Hole[] } {
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
    return { covered, holes };
  }

  /** What came after the update that names a hole cannot lie behind it; what an unknown update replaces may be anything. */
  private doubtBy(holes: readonly Hole[], unplaced: readonly string[]): (bulletin: Bulletin) => boolean {
    if (unplaced.length > 0) return () => true;
    const days = holes.map(({ namedBy }) => this.byKb.get(namedBy)?.postedOn ?? '9');
    const last = days.toSorted().at(-1) ?? '';
    return ({ postedOn }) => postedOn <= last;
  }
}

/**
 * Every CVE that a missing update fixes. One that an installed update fixes as well stays in: two updates may mend two
 * components of one CVE, and nothing here can tell. Sorted.
 */
export const cvesOfMissing = ({ missing }: Pick<MissingBulletins, 'missing'>): string[] =>
  [...new Set(missing.flatMap(({ cves }) => cves))].toSorted();
