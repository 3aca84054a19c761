import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';

/** The part of a contract route that routing needs. */
interface RoutedOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

/** Binds a controller method to an operation of the contract: its verb, its path, and 200 as the plain answer. */
export function ContractRoute(operation: RoutedOperation): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: operation.path, method: RequestMethod[operation.method] }),
    HttpCode(200),
  );
}
