/** Hands a text to the browser's downloads. */
export function downloadText(text: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = fileName;
  link.click();
  // The download has its own hold of the blob by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
