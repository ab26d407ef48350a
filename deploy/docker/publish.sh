#!/bin/sh
# The one way to publish a member, for images (Dockerfile) and for what checks them (check.sh): deploy/docker/publish.sh PROJECT OUTPUT [OPTION…]
set -eu
project=$1 output=$2
shift 2
cd "$(dirname "$0")/../.."
exec dotnet publish "src/$project/$project.csproj" -c Release -o "$output" --nologo -v quiet -p:SwpImage=true "$@"
