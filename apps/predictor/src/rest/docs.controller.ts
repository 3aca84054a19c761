import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Header, HttpCode, Inject, Redirect } from '@nestjs/common';

/** Absolute folder the docs page's files were built into. */
export const DOCS_FOLDER = Symbol('docs folder');

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>web-single API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="api"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;
const START_SCRIPT = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, tryItOutEnabled: true, defaultModelsExpandDepth: 0 });\n`;

/** The API page: the OpenAPI document shown by Swagger UI, all files from this server, no internet needed. */
@Controller()
export class DocsController {
  constructor(@Inject(DOCS_FOLDER) private readonly folder: string) {}

  @Get('/')
  @Redirect('/docs', 302)
  root(): void {}

  @Get('/docs')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', CONTENT_SECURITY_POLICY)
  page(): string {
    return PAGE;
  }

  @Get('/docs/start.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  start(): string {
    return START_SCRIPT;
  }

  @Get('/docs/swagger-ui.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  styles(): Promise<Buffer> {
    return readFile(join(this.folder, 'swagger-ui.css'));
  }

  @Get('/docs/swagger-ui-bundle.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  script(): Promise<Buffer> {
    return readFile(join(this.folder, 'swagger-ui-bundle.js'));
  }
}
