"""Images, documents and videos: where they are uploaded, what is wrong with them, when they are ready."""
