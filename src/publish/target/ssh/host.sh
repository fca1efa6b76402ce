#!/bin/sh
# What `ssh:` does at a host.
#
# Arguments: the folder above the target, the target's name in it, the name of our own folder in it, an operation (one
# of the functions below), and the operation's own arguments. What an operation reads comes on its standard input.
# shellcheck disable=SC2016 # `find` runs what is in single quotes
# shellcheck disable=SC3013 # `-ef` is in dash, busybox, bash, ksh and zsh
LC_ALL=C
export LC_ALL
umask 022
cd "$1" || exit 1
name=$2
own=$3
shift 3

# What lies at the target: `link` where a release can become visible by a link.
kind() {
  if [ -L "$name" ] || [ ! -e "$name" ]; then
    echo link
  elif [ ! -d "$name" ]; then
    echo file
  elif [ ! -w . ]; then
    echo closed
  elif [ -n "$(ls -A "$name")" ]; then
    echo filled
  else
    echo link
  fi
}

# One line of what the target is, the record and the pending record (each after its length in bytes and a line feed),
# and the names of the releases.
state() {
  if [ -L "$name" ]; then
    printf 'link '
    readlink "$name"
  elif [ ! -e "$name" ]; then
    echo nothing
  elif [ -d "$name" ] && [ -z "$(ls -A "$name")" ]; then
    echo empty
  else
    echo other
  fi
  for file in record pending; do
    if [ -f "$own/$file.json" ]; then
      wc -c <"$own/$file.json"
      cat "$own/$file.json"
    else
      echo 0
    fi
  done
  ls -A "$own/releases" 2>/dev/null || true
}

# The SHA-256 digest of every file below the target, then the names of what is neither a file nor a folder.
sums_of_target() { sums "$name/"; }

# The same of a release.
sums_of_release() { sums "$own/releases/$1/"; }

sums() {
  cd "$1" || exit 1
  find . -path './.briefing*' -prune -o -type f -exec sha256sum {} +
  find . -path './.briefing*' -prune -o ! -type f ! -type d -print
}

# Takes the lock for a publisher, and holds it until the standard input ends. `private`: whether our own folder is for
# its owner alone. Says `held`, `busy` with the publisher that holds it, or `none` where the host has no `flock`.
hold() { # publisher, private
  if [ "$2" = private ] && [ ! -d "$own" ]; then
    mkdir -m 700 "$own" || exit 1
  fi
  mkdir -p "$own/releases" || exit 1
  command -v flock >/dev/null || { echo none; exit 0; }
  publisher=$1
  export own publisher
  # A script that has outlived its run is waited for.
  flock -n "$own/lock" \
    sh -c 'printf %s "$publisher" >"$own/holder"; flock "$own/busy" true; echo held; exec cat >/dev/null' ||
    { echo busy; cat "$own/holder"; }
}

# Runs an operation that changes something. It holds a lock until it ends, which may be after the publisher.
change() {
  exec 9>>"$own/busy" && flock -s 9 || exit 1
  "$@"
}

# Unpacks an archive to where a new release is put together.
receive() { exec tar -xf - -C "$own/new"; }

# Replaces one of our files in one step.
save() { # name
  (umask 077 && cat >"$own/$1.tmp") && mv "$own/$1.tmp" "$own/$1.json"
}

# Removes what a run has put together that did not end.
clear() { rm -rf "$own/new"; }

# Makes an empty folder for files that arrive.
begin() { mkdir "$own/new"; }

# Nothing is pending any more.
finish() { rm -f "$own/pending.json"; }

# Puts together what stays of the target: all that readers see but for the names that are read.
assemble() {
  clear && begin && if [ -d "$name/" ]; then
    cp -al "$name/." "$own/new/" 2>/dev/null || { clear && begin && cp -a "$name/." "$own/new/"; }
  fi && cat >"$own/list" && list=$(cd "$own" && pwd)/list && cd "$own/new" &&
    tr '\n' '\0' <"$list" | xargs -0 rm -f -- || exit 1
  remove_empty_folders
  rm -f "$list"
}

# Removes the folders above the names in `$list` (`./a/b.html`) that are empty, from the folder in which it runs.
remove_empty_folders() {
  sed -n 's,/[^/]*$,,p' <"$list" | sort -ru | while IFS= read -r path; do
    while [ "$path" != . ]; do
      rmdir "$path" 2>/dev/null || break
      path=${path%/*}
    done
  done
}

# Takes from an earlier release what others had put beside it, where they do not have the same there now; then what was
# assembled takes its place there. Reads the names of the release's own files.
back() { # release
  release="$own/releases/$1"
  sort -u >"$own/want" && (cd "$release" && find . ! -type d) | sort -u | comm -23 - "$own/want" |
    while IFS= read -r path; do
      file="$release/$path"
      if [ -e "$file" ] || [ -L "$file" ]; then
        if [ "$file" -ef "$name/$path" ] || cmp -s "$file" "$name/$path"; then
          rm -f "$file"
        else
          aside="$own/aside/$1/$path"
          if [ -e "$aside" ]; then aside=$aside.$$; fi
          (umask 077 && mkdir -p "${aside%/*}") && mv "$file" "$aside"
        fi || exit 1
      fi
    done && cp -alf "$own/new/." "$release/" && rm -rf "$own/new" "$own/want"
}

# Says whether a release is there.
is_there() { # release
  if [ -e "$own/releases/$1" ]; then echo there; fi
}

# What was assembled becomes a release.
keep_new() { # release
  rm -rf "$own/releases/$1" && mv "$own/new" "$own/releases/$1"
}

# Makes the target a link to a release, in one step.
switch() { # release
  rm -f "$own/link" && ln -s "$own/releases/$1" "$own/link" &&
    if [ -d "$name" ] && [ ! -L "$name" ]; then rmdir "$name"; fi &&
    { mv -fT "$own/link" "$name" 2>/dev/null || mv -fh "$own/link" "$name"; }
}

# The same for a release that was assembled by this run.
switch_to_new() { keep_new "$1" && switch "$1"; }

# Removes the files of a release. What others have put beside them is removed only where readers see the same file, and
# a file that was edited stays, unless the release is one that no reader has seen. Reads lines of `sha256sum`.
forget() { # release, seen
  release="$own/releases/$1"
  # Behind a link nothing is ours: only what `find` comes to is removed.
  if [ ! -d "$release" ] || [ -L "$release" ]; then
    cat >/dev/null
    exit 0
  fi
  target=$(cd "$name/" 2>/dev/null && pwd -P)
  export target
  sums=$(cd "$own" && pwd)/sums
  list=$(cd "$own" && pwd)/list
  cat >"$sums" && sed 's/^[^ ]*  //' <"$sums" >"$list" && cd "$release" && find . -type f | sort -u >"$sums.there" &&
    if [ "$2" = seen ]; then sha256sum -c 2>/dev/null <"$sums" | sed -n 's/: OK$//p'; else cat "$list"; fi |
    sort -u | comm -12 - "$sums.there" | tr '\n' '\0' | xargs -0 rm -f -- || exit 1
  if [ -n "$target" ]; then
    find . ! -type d -exec sh -c 'for path; do
      if [ -L "$path" ]; then
        if [ -L "$target/$path" ] && [ "$(readlink "$path")" = "$(readlink "$target/$path")" ]; then rm -f "$path"; fi
      elif [ "$path" -ef "$target/$path" ] && [ ! -L "$target/$path" ]; then
        rm -f "$path"
      fi
    done' sh {} +
  fi
  remove_empty_folders
  if [ -n "$target" ]; then
    find . -depth -type d -exec sh -c 'for path; do
      if [ "$path" != . ] && [ -d "$target/$path" ]; then rmdir "$path" 2>/dev/null; fi
    done; exit 0' sh {} +
  fi
  cd .. && rmdir "$1" 2>/dev/null
  rm -f "$sums" "$sums.there" "$list"
}

# Takes the files whose names are in `$list` to `$to`, from the folder in which it runs: as further names of the same
# files, or copied where files have one name.
take() {
  { xargs -0 cp -al --parents -t "$to" -- <"$list" 2>/dev/null ||
    { rm -rf "$to" && mkdir "$to" && xargs -0 cp -a --parents -t "$to" -- <"$list"; }; } && rm -f "$list"
}

# ReleaseFiles of an earlier release arrive. Reads their names.
bring_back() { # release
  clear && begin && to=$(cd "$own/new" && pwd) && list=$(cd "$own" && pwd)/list && cat >"$list" &&
    cd "$own/releases/$1" && take
}

# Keeps the bytes of what readers see as a release. Reads the names of its files.
archive() { # release
  rm -rf "$own/releases/$1" && mkdir "$own/releases/$1" && to=$(cd "$own/releases/$1" && pwd) &&
    list=$(cd "$own" && pwd)/list && cat >"$list" && cd "$name/" && take
}

# Keeps the bytes of files that others have edited. Reads their names.
keep_edited() { # release
  umask 077
  mkdir -p "$own/edited/$1" && to=$(cd "$own/edited/$1" && pwd) && cd "$name/" &&
    xargs -0 cp -an --parents -t "$to" --
}

# Moves files from where they arrived to their places. Reads their names.
place() {
  while IFS= read -r path; do
    case $path in
      */*)
        folder=${path%/*}
        [ -d "$name/$folder" ] || mkdir -p "$name/$folder" || exit 1
        ;;
    esac
    if [ -d "$name/$path" ]; then
      echo "$path is a folder" >&2
      exit 1
    fi
    mv -f "$own/new/$path" "$name/$path" || exit 1
  done
}

# Removes files from the target, and the folders that they leave empty. Reads their names.
remove() {
  cd "$name/" && while IFS= read -r path; do
    rm -f "./$path" || exit 1
    while :; do
      case $path in */*) path=${path%/*} ;; *) break ;; esac
      rmdir "./$path" 2>/dev/null || break
    done
  done
}

"$@"
