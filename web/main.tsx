import './styles/tokens.css';
import './styles/parts.css';
import './styles/console.css';
import './styles/pages.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { startRouter } from './router.ts';
import { askSession } from './session.ts';
import { startTime } from './time.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no element with the id "app"');

startTime();
startRouter();
void askSession();
render(<App />, root);
