import './zod-without-eval.js';
import './ui/mantine.css';
import './ui/base.css';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { makeData } from './data/context.js';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <App data={makeData()} />
  </StrictMode>,
);
