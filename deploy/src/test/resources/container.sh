#!/bin/sh
# Runs a command as a container would, with this machine in place of the base image: its root is ROOT, read-only but for empty VOLUMES,
# and it has no rights beyond its user's. usage: unshare --mount ... container.sh ROOT JAVA_HOME VOLUMES FOLDER USER GROUPS COMMAND...
set -eu
root=$1 java=$2 volumes=$3 folder=$4 user=$5 groups=$6
shift 6

mount --bind "$root" "$root"
for name in bin sbin lib lib64 usr etc proc dev; do
    [ -e "/$name" ] || continue
    if [ -L "/$name" ]; then
        ln -sfn "$(readlink "/$name")" "$root/$name"
    else
        mkdir -p "$root/$name"
        mount --rbind "/$name" "$root/$name"
    fi
done
mkdir -p "$root/opt/java/openjdk"
mount --rbind "$java" "$root/opt/java/openjdk"
for volume in $volumes; do
    mkdir -p "$root/$volume"
    mount -t tmpfs -o mode=1777 volume "$root/$volume"
done
mount -o remount,bind,ro "$root"
exec chroot "$root" env --chdir="$folder" setpriv --reuid "$user" --regid "$user" "$groups" \
    --inh-caps=-all --ambient-caps=-all --bounding-set=-all --no-new-privs -- "$@"
