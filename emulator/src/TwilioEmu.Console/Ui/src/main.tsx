import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/phone.css';
import './styles/views.css';
import { render } from 'preact';
import { App } from './app/App';
import { begin } from './app/begin';

void begin();
render(<App />, document.getElementById('app')!);
