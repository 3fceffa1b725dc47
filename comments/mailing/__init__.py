"""The site's mail: letters, the road on which they go, and who asks for them to be sent."""
