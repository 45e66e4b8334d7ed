"""The reference under docs/reference, made from the code by `make reference`."""
