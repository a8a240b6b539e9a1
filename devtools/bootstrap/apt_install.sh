#!/bin/sh
# Installs the packages named as arguments, as root, without starting or leaving behind any service.
set -eu

export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
mark="# dev.py: for the length of one installation"

# Packages start their services unless this file forbids it. One that is there already is the machine's own.
if [ ! -e "$policy" ] || grep -qxF "$mark" "$policy"; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
    chmod 755 "$policy"
fi

# The tests make clusters of their own. Where PostgreSQL was not installed before, its package shall make none either.
clusters=/etc/postgresql-common
case " $* " in
*" postgresql "*)
    if [ ! -e "$clusters/createcluster.conf" ]; then
        mkdir -p "$clusters/createcluster.d"
        printf 'create_main_cluster = false\n' >"$clusters/createcluster.d/no-main-cluster.conf"
    fi
    ;;
esac

# Hundreds of lines when all is well, so they are shown only when it is not.
if ! said=$(apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends "$@" 2>&1 </dev/null); then
    printf '%s\n' "$said" >&2
    exit 1
fi
