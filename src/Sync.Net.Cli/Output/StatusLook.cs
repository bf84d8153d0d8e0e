namespace Sync.Net.Cli.Output;

/// <summary>What a watcher of a group sees.</summary>
/// <param name="Status">What the server said last.</param>
/// <param name="Age">How long ago, if it does not answer since; else null.</param>
internal readonly record struct StatusLook(GroupStatus Status, TimeSpan? Age);
