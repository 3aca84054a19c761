import { createPredictor } from '@web-single/sdk';
import { render } from 'preact';
import { ModelList } from './model-list.tsx';
import './page.css';

const predictor = createPredictor({ baseUrl: '' });
render(<ModelList models={predictor.listModels()} />, document.getElementById('page')!);
