import { h } from 'preact';
import { headingLevels } from './heading-levels.ts';
import { parseInline } from './parse-inline.ts';
import { parseMarkdown } from './parse-markdown.ts';
import type { Block } from './parse-markdown.ts';

/** A card as elements, never as HTML. Its highest heading becomes `topLevel`. */
export function Markdown({ source, topLevel }: { readonly source: string; readonly topLevel: number }) {
  const blocks = parseMarkdown(source);
  const levels = headingLevels(blocks, topLevel);
  return (
    <div class="markdown">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} level={levels[index]!} />
      ))}
    </div>
  );
}

function BlockView({ block, level }: { readonly block: Block; readonly level: number }) {
  switch (block.kind) {
    case 'heading':
      return h(`h${level}`, {}, <Inline text={block.text} />);
    case 'list':
      return h(
        block.isOrdered ? 'ol' : 'ul',
        {},
        block.items.map((item, index) => (
          <li key={index}>
            <Inline text={item} />
          </li>
        )),
      );
    case 'code':
      return (
        <pre class="code-block" tabIndex={0}>
          {block.text}
        </pre>
      );
    case 'quote':
      return (
        <blockquote>
          <Inline text={block.text} />
        </blockquote>
      );
    case 'table':
      return <TableView {...block} />;
    case 'rule':
      return <hr />;
    default:
      return (
        <p>
          <Inline text={block.text} />
        </p>
      );
  }
}

function TableView({ head, rows }: Extract<Block, { kind: 'table' }>) {
  const hasHead = head.some((cell) => cell !== '');
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label="Table">
      <table>
        {hasHead && (
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th key={column} scope="col">
                  <Inline text={cell} />
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, column) => (
                <td key={column}>
                  <Inline text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const TAGS = { code: 'code', strong: 'strong', emphasis: 'em' } as const;

function Inline({ text }: { readonly text: string }) {
  return (
    <>
      {parseInline(text).map((span, index) => {
        if (span.kind === 'text') return span.text;
        if (span.kind !== 'link') return h(TAGS[span.kind], { key: index }, span.text);
        return (
          <a key={index} href={span.href} rel="noopener noreferrer nofollow" target="_blank">
            {span.text}
          </a>
        );
      })}
    </>
  );
}
