import { sourceSuite } from './model-source.suite.ts';
import { httpStore, s3Store } from './testing/store-kinds.ts';

sourceSuite(httpStore);
sourceSuite(s3Store);
