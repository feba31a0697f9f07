import { importLimits } from '@lunwarden/contract';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { chosenExport } from '../../data/export-files.js';
import { type Bringing, type ImportStep, useRvtoolsImport } from '../../data/imports.js';
import { ImportReceipt } from './import-receipt.js';

const mebibytes = importLimits.uploadBytes / 1_048_576;

/** The map of a vCenter as an export of RVTools, where no account for it is to be had. */
export function ImportForm({ onClose }: { onClose: () => void }) {
  const { bring, step } = useRvtoolsImport();
  const fileId = useId();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [vcenter, setVcenter] = useState('');
  const [exportedAt, setExportedAt] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [sent, setSent] = useState<Bringing | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = chosenExport(files);
    setProblem('problem' in chosen ? chosen.problem : null);
    if ('problem' in chosen) return;
    const bringing: Bringing = {
      files: chosen,
      ...(vcenter.trim() === '' ? {} : { vcenter: vcenter.trim() }),
      ...(exportedAt === '' ? {} : { exportedAt: new Date(exportedAt).toISOString() }),
    };
    setSent(bringing);
    bring.mutate(bringing);
  };
  const said = problem ?? bring.error?.message;
  return (
    <form className="card stack wide" onSubmit={submit} aria-labelledby="import-map">
      <h2 id="import-map">Import an export of RVTools</h2>
      <p className="dim prose">
        The map keeps the age of its export and proves nothing two hours after it; it never makes anything look fresh.
      </p>
      <div className="columns">
        <div className="stack">
          <label htmlFor={fileId}>
            The .xlsx, a .zip of its CSV files, or all its .csv files; at most {mebibytes} MiB
          </label>
          <input
            id={fileId}
            type="file"
            multiple
            accept=".xlsx,.zip,.csv"
            onChange={(event) => setFiles([...(event.currentTarget.files ?? [])])}
          />
        </div>
        <TextInput
          label="Name of the vCenter"
          description="Only where the export does not say it"
          value={vcenter}
          onChange={(event) => setVcenter(event.currentTarget.value)}
          autoComplete="off"
        />
        <TextInput
          label="Exported at"
          description="By the clock of this browser; only where the export does not say it"
          type="datetime-local"
          value={exportedAt}
          onChange={(event) => setExportedAt(event.currentTarget.value)}
        />
      </div>
      {step !== null && <Progress step={step} />}
      {said !== undefined && step === null && (
        <p className="bar sev-critical" role="alert">
          {said}
        </p>
      )}
      {bring.data !== undefined && said === undefined && step === null && (
        <ImportReceipt
          receipt={bring.data}
          onConfirm={(confirmed) => sent !== null && bring.mutate({ ...sent, confirmed })}
        />
      )}
      <div className="row">
        <Button type="submit" loading={bring.isPending}>
          Import
        </Button>
        <Button variant="default" onClick={onClose} disabled={bring.isPending}>
          Close
        </Button>
      </div>
    </form>
  );
}

const stepText = (step: ImportStep): string => {
  switch (step.at) {
    case 'packing':
      return 'Reading the files';
    case 'sending':
      return `Sending, ${Math.round(step.share * 100)} %`;
    case 'reading':
      return 'The server reads the export';
  }
};

/** The browser's own bar: without a value it shows that something is going on, and not how much. */
function Progress({ step }: { step: ImportStep }) {
  return (
    <div className="stack" data-testid="import-progress">
      <p role="status">{stepText(step)}</p>
      {step.at === 'sending' ? (
        <progress aria-label="Sent" value={step.share} max={1} />
      ) : (
        <progress aria-label={stepText(step)} />
      )}
    </div>
  );
}
