#!/usr/bin/env bash
# Makes FOLDER/python, which runs Debian 13's Python for arm64 here through qemu: MOTCUA_EMULATED_PYTHON of `make package`.
# Nothing of the machine's own packages changes; qemu-user has to be there. It asks Debian's mirrors, as apt does.
#
#   infra/build/emulate.sh FOLDER
set -euo pipefail
[ $# = 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$1"
into=$(cd "$1" && pwd)
emulator=$(command -v qemu-aarch64) || { echo "no qemu-aarch64: apt-get install qemu-user" >&2; exit 1; }
mkdir -p "$into"/apt/lists/partial "$into"/apt/cache/archives/partial "$into"/debian
own=(-q -o Dir::State="$into"/apt -o Dir::State::status=/dev/null -o Dir::Cache="$into"/apt/cache -o APT::Architecture=arm64
  -o APT::Architectures=arm64 -o APT::Sandbox::User= -o Debug::NoLocking=true)
apt-get "${own[@]}" update
apt-get "${own[@]}" install -y --download-only --no-install-recommends python3.13 libstdc++6 tzdata
for package in "$into"/apt/cache/archives/*.deb; do dpkg -x "$package" "$into"/debian; done
[ -e "$into"/debian/lib ] || ln -s usr/lib "$into"/debian/lib # the loader is asked for at /lib
cat > "$into"/python <<END
#!/bin/sh
PYTHONHOME=$into/debian/usr exec $emulator -0 $into/python -L $into/debian $into/debian/usr/bin/python3.13 "\$@"
END
chmod +x "$into"/python
"$into"/python -c 'import platform, sys; print(f"{sys.executable}: Python {platform.python_version()} for {platform.machine()}")'
