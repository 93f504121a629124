"""The Ask view in Gradio: its blocks and events, and the endpoints for programs."""
