// Starts GOV.UK Frontend. A classic script, so that it runs before the page is drawn; the only
// addresses it uses are in its own attributes, because file names change with their contents.
(function () {
  "use strict";
  var own = document.currentScript;
  document.body.classList.add("js-enabled");
  if ("noModule" in HTMLScriptElement.prototype) {
    document.body.classList.add("govuk-frontend-supported");
  }

  document.addEventListener("DOMContentLoaded", function () {
    import(own.dataset.frontend).then(function (frontend) {
      frontend.initAll();
      document.addEventListener("htmx:load", function (event) {
        if (event.target !== document.body) {
          frontend.initAll({ scope: event.target });
        }
      });
    });

    document.querySelectorAll("[data-onroll-exit]").forEach(function (exit) {
      exit.addEventListener("click", function (event) {
        // Replaces this page in the history, so that the back button does not return to it.
        event.preventDefault();
        document.body.hidden = true;
        window.location.replace(exit.href);
      });
    });

    if (window.matchMedia("(max-width: 48em)").matches) {
      document.querySelectorAll("details[data-onroll-fold]").forEach(function (panel) {
        panel.open = false;
      });
    }

    document.querySelectorAll("[data-onroll-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        window.print();
      });
    });

    document.querySelectorAll("[data-onroll-tick-form]").forEach(function (button) {
      var boxes = document.querySelectorAll("form input[type=checkbox][name=cases]");
      button.hidden = boxes.length === 0;
      button.addEventListener("click", function () {
        boxes.forEach(function (box) {
          box.checked = true;
        });
      });
    });

    document.querySelectorAll("[data-onroll-tick-all]").forEach(function (all) {
      all.hidden = false;
      all.addEventListener("change", function () {
        all.closest("table").querySelectorAll("tbody input[type=checkbox]").forEach(function (box) {
          box.checked = all.checked;
        });
      });
    });
  });
})();
