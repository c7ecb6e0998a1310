// The module datetime. Its types are in the folder of that name.
// Behaviour: docs.python.org/3.11/library/datetime.html.
import { defineModule } from "../runtime/modules.ts";
import { dateType } from "./datetime/date.ts";
import { datetimeType } from "./datetime/datetime.ts";
import { timeType } from "./datetime/time.ts";
import { timedeltaType, timezoneType, UTC } from "./datetime/timedelta.ts";
import { tzinfoType } from "./datetime/tzinfo.ts";
import { MAXYEAR, MINYEAR } from "./datetime/values.ts";

defineModule("datetime", () => ({
  name: "datetime",
  members: {
    date: dateType,
    datetime: datetimeType,
    time: timeType,
    timedelta: timedeltaType,
    timezone: timezoneType,
    tzinfo: tzinfoType,
    UTC,
    MAXYEAR,
    MINYEAR,
  },
}));
