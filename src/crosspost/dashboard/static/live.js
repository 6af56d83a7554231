// What htmx leaves open: when the queue may be drawn anew, and what to say when no queue comes.
"use strict";

let shown = null;

// A person who reads with the keyboard or types an address keeps the place; what is the same is not drawn again, so that
// a selection and a screen reader's place stay too.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const busy = detail.target.contains(document.activeElement);
  if (busy || detail.serverResponse === shown) detail.shouldSwap = false;
  else shown = detail.serverResponse;
});

const lost = (yes) => () => { document.getElementById("lost").hidden = !yes; };
document.addEventListener("htmx:sendError", lost(true));
document.addEventListener("htmx:responseError", lost(true));
document.addEventListener("htmx:afterOnLoad", lost(false));
