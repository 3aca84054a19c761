/** What the comments of a values.yaml say: by dotted path, the comment lines straight above the key, joined. */
export function valueComments(text) {
  const comments = new Map();
  const path = [];
  let comment = [];
  for (const line of text.split('\n')) {
    const [, indent, key] = /^( *)([A-Za-z0-9]+):/.exec(line) ?? [];
    if (key !== undefined) {
      path.length = indent.length / 2;
      path.push(key);
      if (comment.length > 0) comments.set(path.join('.'), comment.join(' '));
    }
    const said = /^ *# ?(.*)$/.exec(line)?.[1];
    comment = said === undefined ? [] : [...comment, said];
  }
  return comments;
}
