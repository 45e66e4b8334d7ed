"""The architecture in one picture, docs/architecture.svg: drawn by `make picture`."""
