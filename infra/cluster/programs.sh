#!/usr/bin/env bash
# Builds the programs of a Kubernetes control plane from their Go modules, each once, and lays beside them the definitions that the
# cluster suite applies. usage: programs.sh FOLDER. What is there already in the version asked for is kept.
set -euo pipefail

self=${BASH_SOURCE[0]}
[[ $self == */* ]] || self=./$self
here=$(cd "${self%/*}" && pwd)
# shellcheck source=programs.versions
. "$here/programs.versions"

fail() {
    echo "millrace: $*" >&2
    exit 1
}

[ $# -eq 1 ] || fail "programs.sh needs the folder to build into"
command -v go > /dev/null || fail "no Go toolchain found on the PATH: the cluster suite builds its control plane with Go $go or newer"
found=$(go env GOVERSION | sed 's/^go//')
[ "$(printf '%s\n%s\n' "$go" "$found" | sort -V | head -n 1)" = "$go" ] ||
    fail "Go $found is too old: the cluster suite builds its control plane with Go $go or newer"

mkdir -p "$1"
folder=$(cd "$1" && pwd)
work=$(mktemp -d "$folder/building.XXXXXX")
trap 'rm -rf "$work"' EXIT
# A module that was downloaded has no history to stamp a program with.
export GOFLAGS="$(go env GOFLAGS) -buildvcs=false -mod=mod"
number=0

# Runs a build in $work unless its result is there, and moves that to its place when it is whole.
once() { # result, command, arguments
    local result=$1
    shift
    number=$((number + 1))
    [ -e "$folder/$result" ] && return
    echo "  $number/10 $result"
    rm -rf "${work:?}"/*
    # Beside and not within a condition, where bash would go on after a command that failed.
    (cd "$work" && "$@") > "$folder/$result.log" 2>&1 &
    wait $! || fail "building $result failed, see $folder/$result.log"
    mv "$work/result" "$folder/$result"
    rm "$folder/$result.log"
}

downloaded() { # module@version; prints the folder of its source
    (cd "$work" && { [ -e go.mod ] || go mod init sources 2> /dev/null; } && go mod download "$1") && echo "$(go env GOMODCACHE)/$1"
}

# Builds a program of three lines around a function of a module.
around() { # call, import, requirement, further lines of go.mod
    printf 'module program\n\ngo %s.0\n\nrequire %s\n%s\n' "$go" "$3" "${4:-}" > go.mod
    printf 'package main\n\nimport (\n\t"os"\n\n\t%s\n)\n\nfunc main() { %s }\n' "$2" "$1" > main.go
    go build -ldflags "-s -w ${stamps:-}" -o result .
}

part_of_kubernetes() { # part, constructor
    local minor=${kubernetes#v1.} source
    source=$(downloaded "k8s.io/kubernetes@$kubernetes")
    # Kubernetes replaces the modules it stages by folders that a downloaded module does not carry: their published versions instead.
    local staged
    staged=$(sed -nE "s,^[[:space:]]*(k8s\.io/[a-z-]+) => \./staging.*,    \1 => \1 v0.$minor,p" "$source/go.mod")
    stamps="-X k8s.io/component-base/version.gitVersion=$kubernetes -X k8s.io/component-base/version.gitMajor=1
        -X k8s.io/component-base/version.gitMinor=${minor%%.*}" \
        around "os.Exit(cli.Run(app.$2()))" "$(printf '"k8s.io/component-base/cli"\n\t"k8s.io/kubernetes/cmd/kube-%s/app"' "$1")" \
        "k8s.io/kubernetes $kubernetes" "$(printf 'replace (\n%s\n)' "$staged")"
}

part_of() { # module@version, package; a module whose own replacements count is built where it lies
    local source
    source=$(downloaded "$1")
    (cd "$source" && go build -ldflags '-s -w' -o "$work/result" "$2")
}

definitions() { # module@version, files in its folder
    local source
    source=$(downloaded "$1")
    shift
    mkdir result
    (cd "$source" && cp -- $* "$work/result")
    rm -f result/kustomization.yaml
    chmod u+w result/*
}

echo "the control plane's programs, in $folder"
once "etcd-$etcd" around 'etcdmain.Main(os.Args)' '"go.etcd.io/etcd/server/v3/etcdmain"' "go.etcd.io/etcd/server/v3 $etcd"
once "kube-apiserver-$kubernetes" part_of_kubernetes apiserver NewAPIServerCommand
once "kube-controller-manager-$kubernetes" part_of_kubernetes controller-manager NewControllerManagerCommand
once "kube-scheduler-$kubernetes" part_of_kubernetes scheduler NewSchedulerCommand
once "kwok-$kwok" part_of "sigs.k8s.io/kwok@$kwok" ./cmd/kwok
once "keda-$keda" part_of "github.com/kedacore/keda/v2@$keda" ./cmd/operator
once "keda-adapter-$keda" part_of "github.com/kedacore/keda/v2@$keda" ./cmd/adapter
once "kwok-stages-$kwok" definitions "sigs.k8s.io/kwok@$kwok" \
    'kustomize/stage/node/fast/*.yaml kustomize/stage/node/heartbeat/*.yaml kustomize/stage/pod/fast/*.yaml'
once "keda-definitions-$keda" definitions "github.com/kedacore/keda/v2@$keda" 'config/crd/bases/*.yaml'
once "prometheus-definitions-$prometheus_operator" definitions "github.com/prometheus-operator/prometheus-operator@$prometheus_operator" \
    'example/prometheus-operator-crd/*_podmonitors.yaml example/prometheus-operator-crd/*_servicemonitors.yaml'
