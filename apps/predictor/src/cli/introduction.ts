/** What `predictor` says where it is asked for nothing: what it is, and the commands one starts with. */
export const INTRODUCTION = `predictor serves ONNX models over typed REST and gRPC, and answers rows in the terminal.

Start with
  predictor inspect MODEL                       what is known about a model, and from where
  predictor doctor PATH                         what is wrong with an export, and how to mend it
  predictor predict MODEL --field NAME=VALUE    one answer; or rows from CSV, NDJSON, pictures
  predictor serve MODEL                         a server: http://127.0.0.1:3000
  predictor sdk --from URL --out FOLDER         a typed TypeScript client for a server's models

MODEL is a package folder or an .onnx file. In this repository, paste:
  npx predictor predict models/penguins --field island=Dream --field body_mass_g=3800
  npx predictor predict models/digits models/digits/golden/1.png
  npx predictor doctor models/penguins
  npx predictor serve models

"predictor help COMMAND" tells all options of a command, "predictor help" the exit codes.
`;
