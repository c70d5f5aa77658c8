#!/usr/bin/env bash
# Times this library and PyTorch on this machine's processor in one run and prints their ratios (above 1: this library is faster).
# PYTHON names an interpreter that has torch, built with or linked to a fast BLAS; the first argument is the number of rounds.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dotnet run --project "$here/MWork.Benchmarks" --configuration Release -- \
  --side-by-side "${PYTHON:-python3}" "$here/pytorch_peer.py" "${1:-8}"
