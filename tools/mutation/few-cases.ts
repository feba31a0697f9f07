import fc from 'fast-check';

// A survivor must not be killed by luck, nor a mutant die of another case in the next run.
fc.configureGlobal({ seed: 1, numRuns: 30 });
