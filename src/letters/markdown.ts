import MarkdownIt from 'markdown-it';

// Raw HTML stays text, and addresses such as "javascript:" become no link, because values come from
// requests.
const markdown = new MarkdownIt({ html: false, linkify: false });

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 ' +
  '1rem;color:#1a1a1a}h1{font-size:1.3rem}a{color:inherit}';

/** A letter as a self-contained HTML page. */
export function htmlOf(
  text: string,
  { language, title }: { readonly language: string; readonly title: string },
): string {
  const escaped = markdown.utils.escapeHtml(title);
  return (
    `<!DOCTYPE html>\n<html lang="${markdown.utils.escapeHtml(language)}">\n<head>\n<meta ` +
    `charset="utf-8">\n<meta name="viewport" content="width=device-width">\n` +
    `<title>${escaped}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n${markdown.render(text)}</body>\n</html>\n`
  );
}

type Tokens = ReturnType<typeof markdown.parse>;

/** A letter as plain text: one line for a paragraph or list item, links with their addresses. */
export function textOf(text: string): string {
  const lines: string[] = [];
  const tokens = markdown.parse(text, {});
  tokens.forEach((token, index) => {
    if (token.type === 'inline') {
      const inItem = tokens[index - 2]?.type === 'list_item_open';
      lines.push(`${inItem ? '- ' : ''}${inlineText(token.children ?? [])}`);
    } else if (token.type === 'fence' || token.type === 'code_block') {
      lines.push(token.content.trimEnd());
    } else if (
      ['paragraph_close', 'heading_close', 'bullet_list_close', 'ordered_list_close'].includes(
        token.type,
      ) &&
      tokens[index - 2]?.type !== undefined &&
      token.level === 0
    ) {
      lines.push('');
    }
  });
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** The plain text for each line break of Markdown. */
const BREAKS: Readonly<Record<string, string>> = { softbreak: ' ', hardbreak: '\n' };

function inlineText(tokens: Tokens): string {
  let address: string | undefined;
  let label = '';
  return tokens
    .map((token) => {
      if (token.type === 'link_open') {
        const href = token.attrGet('href');
        address = href === null || href === undefined ? undefined : String(href);
        label = '';
        return '';
      }
      if (token.type === 'link_close') {
        const shown = address === undefined || label === address ? label : `${label} (${address})`;
        address = undefined;
        return shown;
      }
      const content = BREAKS[token.type] ?? token.content;
      if (address === undefined) return content;
      label += content;
      return '';
    })
    .join('');
}
