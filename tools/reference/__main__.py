"""Writes every page of docs/reference that is not as the code says, and names it."""

from tools.reference.pages import FOLDER, render_pages


def main() -> None:
    """Writes the pages; those that nothing makes any more are taken away."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages = render_pages()
    for name, text in pages.items():
        file = FOLDER / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
            print(file)
    for file in sorted(FOLDER.glob("*.md")):
        if file.name not in pages:
            file.unlink()
            print(f"{file}: taken away")


if __name__ == "__main__":
    main()
