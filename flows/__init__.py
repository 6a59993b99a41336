"""The loop by the clock: collect, check, warn, brief, and the timetable that starts them."""
