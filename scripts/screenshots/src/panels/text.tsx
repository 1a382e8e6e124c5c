// Text panels: Markdown or HTML, cleaned by @grafana/data.
import { renderMarkdown, textUtil } from '@grafana/data';

import type { DrawProps } from '../panel';
import { interpolate } from '../variables';

export function TextPanel({ panel, variables }: DrawProps) {
  const { mode, content } = panel.options as { mode?: string; content: string };
  const text = interpolate(content, variables, true);
  const html = mode === 'html' ? textUtil.sanitize(text) : renderMarkdown(text);
  return <div className="markdown-html" dangerouslySetInnerHTML={{ __html: html }} />;
}
