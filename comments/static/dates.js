// Says of young dates how long ago they are, in the language of the place; the full date stays in
// the title. Older dates are left as they are: there the date itself says more.

const DAYS = 30;
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];

function age(date, language) {
  const seconds = (Date.now() - Date.parse(date)) / 1000;
  if (!(seconds < DAYS * 86400)) return null;
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? ["second", Infinity];
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return words.format(-Math.floor(Math.max(seconds, 0) / size), unit);
}

export function ageDates(within) {
  for (const time of within.querySelectorAll("time[datetime]")) {
    const words = age(time.dateTime, time.closest("[lang]")?.lang);
    if (!words) continue;
    time.title ||= time.textContent;
    time.textContent = words;
  }
}

for (const place of document.querySelectorAll(".ww")) ageDates(place);
