// Every occurrence of each calendar on standard input (a JSON list of texts), as ical.js reads it.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const utc = (time) => time.convertToZone(ICAL.Timezone.utcTimezone).toString();

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone"))
    ICAL.TimezoneService.register(zone.getFirstPropertyValue("tzid"), new ICAL.Timezone(zone));
  const components = calendar.getAllSubcomponents("vevent");
  const masters = components.filter((one) => !one.getFirstProperty("recurrence-id"));
  const changed = components.filter((one) => one.getFirstProperty("recurrence-id"));
  const known = new Set(masters.map((one) => one.getFirstPropertyValue("uid")));
  const found = [];
  const tell = (item, start, end) =>
    found.push([item.uid, utc(start), utc(end), item.sequence, item.component.getFirstPropertyValue("status")]);
  for (const one of masters) {
    const event = new ICAL.Event(one, { exceptions: changed.filter((c) => c.getFirstPropertyValue("uid") === one.getFirstPropertyValue("uid")) });
    if (!event.isRecurring()) {
      tell(event, event.startDate, event.endDate);
      continue;
    }
    const steps = event.iterator();
    for (let next = steps.next(); next; next = steps.next()) {
      const details = event.getOccurrenceDetails(next);
      tell(details.item, details.startDate, details.endDate);
    }
  }
  for (const one of changed.filter((c) => !known.has(c.getFirstPropertyValue("uid")))) {
    const event = new ICAL.Event(one);
    tell(event, event.startDate, event.endDate);
  }
  return found;
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
