import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';

/** The part of a contract route that routing needs. */
interface RoutedOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

/** Binds a controller method to operations of the contract that share a verb: their paths, and 200 as the plain answer. */
export function ContractRoute(operation: RoutedOperation, ...others: readonly RoutedOperation[]): MethodDecorator {
  return applyDecorators(
    RequestMapping({
      path: [operation, ...others].map(({ path }) => path),
      method: RequestMethod[operation.method],
    }),
    HttpCode(200),
  );
}
