import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Header, HttpCode, Inject } from '@nestjs/common';
import { DOCS_ICON, DOCS_PAGE, DOCS_SCRIPT } from './docs-page.ts';
import { ERRORS_PAGE } from './errors-page.ts';

/** Absolute folder the docs page's files were built into. */
export const DOCS_FOLDER = Symbol('docs folder');

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** The API page: the OpenAPI document shown by Swagger UI, all files from this server, no internet needed. */
@Controller()
export class DocsController {
  constructor(@Inject(DOCS_FOLDER) private readonly folder: string) {}

  @Get('/docs')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', CONTENT_SECURITY_POLICY)
  page(): string {
    return DOCS_PAGE;
  }

  @Get('/docs/errors')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', CONTENT_SECURITY_POLICY)
  errors(): string {
    return ERRORS_PAGE;
  }

  @Get('/docs/icon.svg')
  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', 'public, max-age=3600')
  icon(): string {
    return DOCS_ICON;
  }

  @Get('/docs/start.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  start(): string {
    return DOCS_SCRIPT;
  }

  /** What gRPC tools need to know of the calls where reflection is off. */
  @Get('/docs/inference.protoset')
  @Header('content-type', 'application/octet-stream')
  async protoset(): Promise<Buffer> {
    // Loaded where it is wanted, as all of gRPC.
    const { inferenceProtoset } = await import('../grpc/inference-protoset.ts');
    return Buffer.from(inferenceProtoset());
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
