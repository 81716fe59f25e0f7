import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Portal } from './api/portal.ts';
import { App } from './app.tsx';
import './design/tokens.css';
import './design/base.css';
import { followSystemTheme } from './design/theme.ts';

followSystemTheme();

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has lost its root element.');
}
createRoot(root).render(
  <StrictMode>
    <App portal={new Portal()} />
  </StrictMode>,
);
