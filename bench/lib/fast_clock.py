"""Compiles the fast clock, and adapts the gateway's scripts for Redis to it. Usage: fast_clock.py <javac> <jar> <directory> <speed> <begin>"""
import pathlib
import subprocess
import sys
import zipfile

SCRIPTS = "BOOT-INF/classes/"
TIME = "redis.call('TIME')"
# Returns seconds and microseconds of the fast clock.
FAST = """(function(time)
  local micros = {begin} + (time[1] * 1e6 + time[2] - {begin}) * {speed}
  return {{ math.floor(micros / 1e6), math.floor(micros % 1e6) }}
end)(redis.call('TIME'))"""


def main(javac, jar, directory, speed, begin):
    subprocess.run([javac, "-d", directory, pathlib.Path(__file__).with_name("FastClock.java")], check=True)
    fast = FAST.format(begin=round(float(begin) * 1e6), speed=speed)
    adapted = 0
    with zipfile.ZipFile(jar) as archive:
        for name in archive.namelist():
            script = archive.read(name).decode() if name.startswith(SCRIPTS) and name.endswith(".lua") else ""
            if TIME in script:
                path = pathlib.Path(directory, name.removeprefix(SCRIPTS))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(script.replace(TIME, fast))
                adapted += 1
    if not adapted:
        sys.exit("no script in the jar reads the time of Redis")


if __name__ == "__main__":
    main(*sys.argv[1:])
