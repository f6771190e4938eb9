// Works out recurrence rules with a library and clocks that have nothing to do with ours. One line of JSON in, one
// out: {rule, start, zone, last} → [[local, instant], …], up to and including the day `last`, one more than 200.
import { createInterface } from 'node:readline'
import rrule from 'rrule'

const { RRule } = rrule
const DAY = 86_400_000
const clocks = new Map()

function shown(zone, instant) {
  if (!clocks.has(zone)) {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }
    clocks.set(zone, new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', ...fields }))
  }
  const parts = Object.fromEntries(clocks.get(zone).formatToParts(instant).map((one) => [one.type, one.value]))
  return Date.UTC(+parts.year, +parts.month - 1, +parts.day, +parts.hour, +parts.minute, +parts.second)
}

const offset = (zone, instant) => shown(zone, instant) - instant

// The first instant at which clocks show this; what they skip counts from before the change (RFC 5545, 3.3.5).
function instantOf(zone, wall) {
  const before = offset(zone, wall - DAY)
  const after = offset(zone, wall + DAY)
  const found = [before, after].map((one) => wall - one).filter((one) => shown(zone, one) === wall)
  return found.length > 0 ? Math.min(...found) : wall - before
}

const wallOf = (local) => Date.parse(`${local}:00Z`)
const localOf = (wall) => new Date(wall).toISOString().slice(0, 16)

function expand({ rule, start, zone, last }) {
  const until = /;UNTIL=([0-9TZ]+)/.exec(rule)?.[1]
  const options = RRule.parseString(rule.replace(/;UNTIL=[0-9TZ]+/, ''))
  const dtstart = new Date(wallOf(start))
  const end = wallOf(`${last}T23:59`)
  const found = []
  new RRule({ ...options, dtstart }).all((date) => {
    const wall = date.getTime()
    const instant = instantOf(zone, wall)
    const over = until && (until.endsWith('Z') ? compact(instant) > until : compact(wall).slice(0, 8) > until)
    if (wall > end || over) return false
    found.push([localOf(wall), localOf(instant)])
    return found.length <= 200
  })
  return found
}

const compact = (instant) => new Date(instant).toISOString().replace(/[-:]|\.000/g, '')

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  process.stdout.write(`${JSON.stringify(expand(asked))}\n`)
}
