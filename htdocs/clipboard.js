// Copies a text; gives whether it could. navigator.clipboard is only there over https and on
// localhost, and may be forbidden. `beside`: an element that may hold a field for a moment.
export async function copy(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    beside.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}
