# Reads a calendar with two parsers, icalendar and vobject; prints what both understood as JSON. Fails
# where they differ, and where a line is not as RFC 5545 wants it.
import json
import sys

import icalendar
import vobject

data = sys.stdin.buffer.read()
if not data.endswith(b"\r\n"):
    sys.exit("the last line has no end")
for line in data[:-2].split(b"\r\n"):
    if len(line) > 75:
        sys.exit(f"a line of {len(line)} bytes")
    if b"\r" in line or b"\n" in line:
        sys.exit("a line end that is not CRLF")
    if len((line.decode("utf-8", "strict") or " ").splitlines()) != 1:
        sys.exit("a line that some readers would take for two")


def by_icalendar(text):
    calendar = icalendar.Calendar.from_ical(text)
    if any(event.errors for event in calendar.walk()):
        sys.exit("icalendar: %s" % [event.errors for event in calendar.walk()])
    return {
        "version": str(calendar["VERSION"]),
        "prodid": str(calendar["PRODID"]),
        "method": str(calendar["METHOD"]),
        "name": str(calendar["X-WR-CALNAME"]),
        "events": [{
            "uid": str(event["UID"]),
            "stamp": event.decoded("DTSTAMP").strftime("%Y-%m-%dT%H:%M:%S%z"),
            "start": str(event.decoded("DTSTART")),
            "end": str(event.decoded("DTEND")),
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "categories": [str(category) for category in event["CATEGORIES"].cats],
            "transparent": str(event["TRANSP"]),
        } for event in calendar.walk("VEVENT")],
    }


def by_vobject(text):
    calendars = list(vobject.readComponents(text))
    if len(calendars) != 1:
        sys.exit(f"vobject: {len(calendars)} calendars")
    calendar = calendars[0]
    calendar.validate(raiseException=True)
    return {
        "version": calendar.version.value,
        "prodid": calendar.prodid.value,
        "method": calendar.method.value,
        "name": calendar.x_wr_calname.value,
        "events": [{
            "uid": event.uid.value,
            "stamp": event.dtstamp.value.strftime("%Y-%m-%dT%H:%M:%S%z"),
            "start": str(event.dtstart.value),
            "end": str(event.dtend.value),
            "summary": event.summary.value,
            "description": event.description.value,
            "categories": event.categories.value,
            "transparent": event.transp.value,
        } for event in calendar.contents.get("vevent", [])],
    }


first, second = by_icalendar(data), by_vobject(data.decode())
if first != second:
    sys.exit(f"the parsers differ:\n{json.dumps(first)}\n{json.dumps(second)}")
print(json.dumps(first, ensure_ascii=False))
