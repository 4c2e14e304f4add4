"""The page: a Gradio chat with the cited document beside it. `serve` in page.py starts it."""
