import { create, toBinary, type DescFile, type DescService } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

/** The files a service is declared in, imports first, as `-protoset` of grpcurl and other tools take them. */
export function descriptorSet({ file }: DescService): Uint8Array {
  const files = new Set<DescFile>();
  addWithImports(files, file);
  return toBinary(
    FileDescriptorSetSchema,
    create(FileDescriptorSetSchema, { file: Array.from(files, ({ proto }) => proto) }),
  );
}

function addWithImports(files: Set<DescFile>, file: DescFile): void {
  for (const imported of file.dependencies) addWithImports(files, imported);
  files.add(file);
}
