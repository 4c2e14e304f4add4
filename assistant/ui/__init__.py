"""The browser page, made of Gradio parts."""
