import { feedLimits, type ImportableFeed, importableFeeds } from '@lunwarden/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useFeedImport } from '../../data/feeds.js';
import { feedLabels, importText } from './feed-words.js';

const mebibytes = feedLimits.uploadBytes / 1_048_576;

/** Bring a feed as a file: this server asks nothing of the internet. */
export function FeedForm() {
  const send = useFeedImport();
  const fileId = useId();
  const [kind, setKind] = useState<ImportableFeed>('kev');
  const [file, setFile] = useState<File | null>(null);
  const [product, setProduct] = useState('');
  const [asOf, setAsOf] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = problemWith(file);
    setError(wrong);
    if (wrong === null && file !== null) {
      const isList = kind === 'end-of-support';
      send.mutate({ kind, file, product: isList ? product.trim() : '', asOf: isList ? asOf : '' });
    }
  };
  const said = error ?? send.error?.message;
  return (
    <form className="card stack wide" onSubmit={submit} aria-labelledby="import-feed">
      <h2 id="import-feed">Import a feed from a file</h2>
      <div className="columns">
        <NativeSelect
          label="Feed"
          data={importableFeeds.map((value) => ({ value, label: feedLabels[value] }))}
          value={kind}
          onChange={(event) => {
            const next = importableFeeds.find((known) => known === event.currentTarget.value);
            if (next !== undefined) setKind(next);
          }}
        />
        <div className="stack">
          <label htmlFor={fileId}>File, plain or gzip, at most {mebibytes} MiB</label>
          <input id={fileId} type="file" onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
        </div>
        {kind === 'end-of-support' && (
          <>
            <TextInput
              label="Product"
              description="As endoflife.date spells it, where the list does not name it"
              value={product}
              onChange={(event) => setProduct(event.currentTarget.value)}
            />
            <TextInput
              label="Day of the list"
              type="date"
              value={asOf}
              onChange={(event) => setAsOf(event.currentTarget.value)}
            />
          </>
        )}
      </div>
      {said !== undefined && (
        <p className="bar sev-critical" role="alert">
          {said}
        </p>
      )}
      {send.data !== undefined && said === undefined && (
        <p className="bar sev-low" role="status" data-testid="imported">
          {importText(send.data)}
        </p>
      )}
      <div>
        <Button type="submit" loading={send.isPending}>
          Import
        </Button>
      </div>
    </form>
  );
}

function problemWith(file: File | null): string | null {
  if (file === null) return 'Choose a file first.';
  return file.size > feedLimits.uploadBytes ? `The file is larger than ${mebibytes} MiB: send it as gzip.` : null;
}
