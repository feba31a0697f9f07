import { type MapLosses, type RvtoolsReceipt, routes } from '@lunwarden/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ExportFile, exportFile } from './export-files.js';
import { fleetKey, gapsKey } from './keys.js';
import { upload } from './upload.js';

/** Where an import is: its files are packed, `share` (0..1) of them is sent, or the server reads them. */
export type ImportStep = { at: 'packing' } | { at: 'sending'; share: number } | { at: 'reading' };

export type Bringing = {
  files: Parameters<typeof exportFile>[0];
  /** Where the export does not say so itself. */
  vcenter?: string;
  /** ISO instant, where the export does not say it. */
  exportedAt?: string;
  /** A person's word that it rightly shows so few. */
  confirmed?: MapLosses;
};

/** Brings an export of RVTools; `step` is null while nothing is on its way. */
export function useRvtoolsImport() {
  const cache = useQueryClient();
  const [step, setStep] = useState<ImportStep | null>(null);
  const bring = useMutation({
    mutationFn: async (bringing: Bringing): Promise<RvtoolsReceipt> => {
      setStep({ at: 'packing' });
      const file = await exportFile(bringing.files);
      setStep({ at: 'sending', share: 0 });
      return upload(routes.importRvtools, routes.importRvtools.answers[200], {
        ...file,
        query: queryOf(bringing, file),
        onSent: (share) => setStep(share < 1 ? { at: 'sending', share } : { at: 'reading' }),
      });
    },
    onSuccess: ({ vcenter }) =>
      Promise.all([
        cache.invalidateQueries({ queryKey: fleetKey }),
        vcenter === null ? null : cache.invalidateQueries({ queryKey: gapsKey(vcenter.id) }),
        cache.invalidateQueries({ queryKey: ['storage'] }),
      ]),
    onSettled: () => setStep(null),
  });
  return { bring, step };
}

function queryOf({ vcenter, exportedAt, confirmed = {} }: Bringing, { name }: ExportFile): Record<string, string> {
  return {
    file: name.slice(-255),
    ...(vcenter === undefined ? {} : { vcenter }),
    ...(exportedAt === undefined ? {} : { exportedAt }),
    ...(confirmed.hosts === undefined ? {} : { confirmedHosts: String(confirmed.hosts) }),
    ...(confirmed.datastores === undefined ? {} : { confirmedDatastores: String(confirmed.datastores) }),
    ...(confirmed.vms === undefined ? {} : { confirmedVms: String(confirmed.vms) }),
  };
}
