// What a terminal would show of what was printed: no colour codes, and of a progress bar its last state. Pure.

// Control sequences (colours, moves), titles of windows, and single signs without a shape.
const CONTROL = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]|[\x00-\x07\x0b\x0c\x0e-\x1a\x7f]/g;

export function onScreen(text: string): string {
  const plain = text.replace(CONTROL, "").replaceAll("\r\n", "\n");
  return plain.includes("\r") ? plain.split("\n").map(lastState).join("\n") : plain;
}

/** A carriage return goes back to the line's start; what is printed then stands over what was there. */
function lastState(line: string): string {
  return line.split("\r").reduce((before, part) => part + before.slice(part.length), "");
}
