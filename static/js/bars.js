// Draws the bars of money once more, to point at and to switch in parts, from the JSON block beside them.
(() => {
  "use strict";
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const HATCH = 6; // pixels between hatching lines
  const ROW = 38; // pixels a bar takes

  const readPalette = () => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      bar: colour("series-1"),
      ink: colour("ink"),
      soft: colour("ink-soft"),
      paper: colour("paper"),
      line: colour("line"),
      font: style.getPropertyValue("--font").trim(),
    };
  };

  const load = (address) =>
    new Promise((done, failed) => {
      if (window.Chart) return done();
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    });

  const mixed = (colour, share) => `color-mix(in srgb, ${colour} ${share}%, transparent)`;

  // Hatches a box; it fades out to the right of what is open above, to the left of what is open below.
  const hatch = (context, { x, y, base, height }, colour, open) => {
    const [left, right] = [Math.min(x, base), Math.max(x, base)];
    if (right - left < 1) return;
    const [top, bottom] = [y - height / 2, y + height / 2];
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, height);
    context.clip();
    context.strokeStyle = colour;
    if (open) {
      const ramp = context.createLinearGradient(left, 0, right, 0);
      // Not 0 %: that is a transparent black, through which a canvas would fade.
      ramp.addColorStop(open === "above" ? 0 : 1, colour);
      ramp.addColorStop(open === "above" ? 1 : 0, mixed(colour, 1));
      context.strokeStyle = ramp;
    }
    context.lineWidth = 1.5;
    context.beginPath();
    for (let start = left - height; start < right; start += HATCH) {
      context.moveTo(start, bottom);
      context.lineTo(start + height, top);
    }
    context.stroke();
    context.restore();
  };

  const draw = (stage, data) => {
    const { ticks, bars } = data;
    const end = ticks[ticks.length - 1].value;
    let palette = readPalette();
    const frame = stage.querySelector(".bars-frame");
    frame.style.height = `${bars.length * ROW + 40}px`;

    const hatching = {
      id: "hatching",
      afterDatasetDraw: (chart, { meta }) => {
        if (!chart.data.datasets[meta.index].hatched) return;
        meta.data.forEach((element, index) => {
          const box = element.getProps(["x", "y", "base", "height"]);
          hatch(chart.ctx, box, palette.bar, bars[index].open);
        });
      },
    };
    const dataset = (part, values, colour, more) => ({
      part,
      data: values,
      backgroundColor: colour,
      hoverBackgroundColor: colour,
      barPercentage: 0.6,
      ...more,
    });
    const chart = new Chart(stage.querySelector("canvas"), {
      type: "bar",
      plugins: [hatching],
      data: {
        labels: bars.map((bar) => (bar.approximate ? `${bar.label} ≈` : bar.label)),
        datasets: [
          dataset("exact", bars.map((bar) => bar.exact), () => palette.bar),
          dataset("vague", bars.map((bar) => bar.sure), () => mixed(palette.bar, 55)),
          dataset(
            "vague",
            bars.map((bar) => (bar.open === "above" ? end - bar.exact - bar.sure : bar.unsure)),
            "transparent",
            { hatched: true },
          ),
        ],
      },
      options: {
        indexAxis: "y",
        responsive: true,
        maintainAspectRatio: false,
        animation: calm.matches ? false : { duration: 400 },
        font: { family: palette.font },
        interaction: { mode: "index", axis: "y", intersect: false },
        scales: {
          x: {
            stacked: true,
            min: 0,
            max: end,
            afterBuildTicks: (axis) => {
              axis.ticks = ticks.map(({ value }) => ({ value }));
            },
            border: { display: false },
            grid: { color: () => palette.line },
            ticks: {
              autoSkip: false,
              maxRotation: 0,
              color: () => palette.soft,
              callback: (_value, index) => ticks[index].text,
            },
          },
          y: {
            stacked: true,
            border: { color: () => palette.soft },
            grid: { display: false },
            ticks: {
              autoSkip: false,
              color: () => palette.ink,
              callback(_value, index) {
                const most = Math.max(8, Math.floor(this.chart.width / 22));
                const label = this.getLabelForValue(index);
                return label.length > most ? `${label.slice(0, most - 1)}…` : label;
              },
            },
          },
        },
        plugins: {
          legend: { display: false },
          tooltip: {
            filter: (_item, place) => place === 0,
            displayColors: false,
            backgroundColor: () => palette.ink,
            titleColor: () => palette.paper,
            bodyColor: () => palette.paper,
            padding: 10,
            callbacks: { label: (item) => bars[item.dataIndex].lines },
          },
        },
      },
    });

    for (const button of stage.querySelectorAll("[data-part]")) {
      button.addEventListener("click", () => {
        const shown = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", shown);
        chart.data.datasets.forEach((one, index) => {
          if (one.part === button.dataset.part) chart.setDatasetVisibility(index, shown);
        });
        chart.update();
      });
    }
    document.addEventListener("themechange", () => {
      palette = readPalette();
      chart.update("none");
    });
    calm.addEventListener("change", () => {
      chart.options.animation = calm.matches ? false : { duration: 400 };
    });
  };

  const bind = (place) => {
    const opener = place.querySelector(".bars-opener");
    const stage = place.querySelector(".bars-stage");
    let drawn = false;
    opener.classList.remove("bars-waiting");
    opener.setAttribute("aria-expanded", false);
    stage.hidden = true;
    opener.addEventListener("click", async () => {
      if (!drawn) {
        drawn = true;
        try {
          await load(place.dataset.library);
        } catch {
          drawn = false; // the bars above stay; the next click tries again
          return;
        }
        stage.hidden = false;
        draw(stage, JSON.parse(document.getElementById(place.dataset.bars).textContent));
      } else {
        stage.hidden = !stage.hidden;
      }
      opener.setAttribute("aria-expanded", !stage.hidden);
    });
  };

  // The bars may come after the page, and anew with every filter.
  const bound = new WeakSet();
  const bindAll = () => {
    for (const place of document.querySelectorAll("[data-bars]")) {
      if (!bound.has(place)) bind(place);
      bound.add(place);
    }
  };
  bindAll();
  for (const name of ["htmx:afterSettle", "htmx:historyRestore"]) {
    document.addEventListener(name, bindAll);
  }
})();
