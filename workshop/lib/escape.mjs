/**
 * Text as HTML.
 * @param {string} text
 */
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, c => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '"' ? '&quot;' : '&#x27;'));
}
