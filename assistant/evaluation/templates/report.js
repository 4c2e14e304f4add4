// Filters the questions; the page is whole without it.
(() => {
  const outcome = document.getElementById("outcome");
  const type = document.getElementById("type");
  const words = document.getElementById("words");
  const count = document.getElementById("count");
  const unfold = document.getElementById("unfold");
  const questions = [...document.querySelectorAll("details.question")];
  const texts = questions.map((question) => question.textContent.toLowerCase());

  function apply() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    questions.forEach((question, place) => {
      const its = question.dataset.outcome;
      const fits =
        (!outcome.value || its === outcome.value || (outcome.value === "wrong" && its !== "right")) &&
        (!type.value || question.dataset.type === type.value) &&
        wanted.every((word) => texts[place].includes(word));
      question.hidden = !fits;
      shown += fits;
    });
    count.textContent = shown === questions.length ? `${shown} questions` : `${shown} of ${questions.length} questions`;
    document.getElementById("nothing").hidden = shown > 0;
  }

  for (const control of [outcome, type, words]) control.addEventListener("input", apply);
  for (const link of document.querySelectorAll("a[data-outcome]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      outcome.value = link.dataset.outcome;
      apply();
      document.getElementById("questions").scrollIntoView();
    });
  }
  unfold.addEventListener("click", () => {
    const open = unfold.textContent === "Unfold all";
    for (const question of questions) question.open = open;
    unfold.textContent = open ? "Fold all" : "Unfold all";
  });
  const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked && linked.matches("details.question")) linked.open = true;
})();
