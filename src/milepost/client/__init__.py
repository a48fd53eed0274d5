"""The client: what a training script imports. It never waits for a server while it logs.

`fluent` is the API of functions, `client.MlflowClient` the one of methods; both stand on a
`transport` and on `sender`, which sends what was logged in the background. Nothing here imports
the server's rooms, but for `local`, which starts one in this process when it is asked to.
"""
