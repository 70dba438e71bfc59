// A signature is the path the finger took, in whole numbers on a field of 600 by 200.
function pad(box) {
  const [input, svg, path] = ["input", "svg", "path"].map((name) => box.querySelector(name));
  let drawing = null;
  const at = (event) => {
    const { left, top, width, height } = svg.getBoundingClientRect();
    const share = (along, of, most) => Math.max(0, Math.min(most, Math.round((along / of) * most)));
    return `${share(event.clientX - left, width, 600)} ${share(event.clientY - top, height, 200)}`;
  };
  const keep = (strokes) => { input.value = strokes.trim(); path.setAttribute("d", input.value); };
  svg.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    drawing = event.pointerId;
    keep(`${input.value} M${at(event)} L${at(event)}`);
  });
  svg.addEventListener("pointermove", (event) => {
    if (drawing === event.pointerId) keep(`${input.value} L${at(event)}`);
  });
  for (const end of ["pointerup", "pointercancel"])
    svg.addEventListener(end, () => {
      drawing = null;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  box.querySelector("[data-clear]").addEventListener("click", () => keep(""));
}

export function signatures(within = document) {
  for (const box of within.querySelectorAll("[data-signature]:not([data-ready])")) {
    box.dataset.ready = "";
    pad(box);
  }
}
