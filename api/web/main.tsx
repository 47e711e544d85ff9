import './look/tokens.css';
import './look/base.css';
import './frame/frame.css';
import './parts/table.css';
import './parts/values.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { follow } from './data/live.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
render(<App />, root);
void follow('/events/stream');
