// Line colours that people with colour blindness tell apart (after Okabe and Ito, tuned for both
// themes), and dashes once they have gone round. The colour of a run does not depend on the others.

const LIGHT = ["#0b62a8", "#c4501b", "#00795a", "#a8428a", "#8a6d00", "#3a9bd4", "#5b46b2", "#5c5f66"];
const DARK = ["#5aa9f0", "#f08a55", "#3cc79d", "#e58ac9", "#d9b834", "#8ed0f7", "#a797f5", "#b1b5bd"];
const DASHES: number[][] = [[], [7, 4], [2, 3], [10, 3, 2, 3]];

export function colorOf(index: number): string {
  const palette = document.documentElement.dataset.theme === "dark" ? DARK : LIGHT;
  return palette[index % palette.length] ?? "#888";
}

export function dashOf(index: number): number[] {
  return DASHES[Math.floor(index / LIGHT.length) % DASHES.length] ?? [];
}
