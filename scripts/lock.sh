#!/usr/bin/env bash
# Rewrite the lock files from pyproject.toml. Needs uv and a package index; run it after changing a dependency.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=${UV:-uv}
export UV_CUSTOM_COMPILE_COMMAND="scripts/lock.sh"
torch_pin=requirements/torch.txt

# torch is installed by itself (CPU build unless MARU_TORCH_BACKEND says otherwise), so neither it nor its CUDA
# companions belong in the app's lock.
skip=(--no-emit-package torch --no-emit-package triton)
for name in cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc \
  nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
  nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx; do
  skip+=(--no-emit-package "$name")
done
find_links=()
[ -z "${PIP_FIND_LINKS:-}" ] || find_links=(--find-links "$PIP_FIND_LINKS")

"$uv" pip compile pyproject.toml --group dev --python-version 3.11 --universal --generate-hashes --quiet \
  --constraint "$torch_pin" "${skip[@]}" "${find_links[@]}" --output-file requirements/app.lock "$@"
"$uv" pip compile --group pyproject.toml:rasa --python-version 3.10 --generate-hashes --quiet \
  --output-file requirements/rasa-py310.lock "$@"
# Python 3.11 is not supported by Rasa's makers; these pins make it train and serve there all the same.
"$uv" pip compile requirements/rasa-py311.in --override requirements/rasa-py311.overrides --python-version 3.11 \
  --generate-hashes --quiet --output-file requirements/rasa-py311.lock "$@"
"$uv" pip compile requirements/models.in --no-deps --python-version 3.11 --generate-hashes --quiet \
  --output-file requirements/models.lock "$@"
# The benchmark's environment looks into the app's: only what the app lacks is installed, at versions that fit it.
in_app=()
while read -r name; do in_app+=(--no-emit-package "$name"); done < <(sed -n 's/^\([a-z0-9_.-]*\)==.*/\1/p' requirements/app.lock)
"$uv" pip compile --group pyproject.toml:bench --constraint requirements/app.lock --constraint "$torch_pin" \
  --python-version 3.11 --universal --generate-hashes --quiet "${skip[@]}" "${in_app[@]}" "${find_links[@]}" \
  --output-file requirements/bench.lock "$@"
if grep -nE '^--(index|extra|find)|https?://' requirements/*.lock; then
  echo "a lock names an index or an address: remove it" >&2
  exit 1
fi
