"""What LocalStack community 2026.3.0 lacks in host mode, as its own plug-ins.

Functions without Docker, DynamoDB by moto, authorizers that are called, raw S3 keys in events, a server that binds what
it is told and says which instance it is. It runs in LocalStack's environment, so it imports nothing of ours.
"""
