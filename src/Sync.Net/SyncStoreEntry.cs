namespace Sync.Net;

/// <summary>One entry of an <see cref="ISyncStore"/>.</summary>
/// <param name="group">The group's name.</param>
/// <param name="key">What tells it apart within the group.</param>
/// <param name="value">What is kept, in a form that only the library knows.</param>
public sealed class SyncStoreEntry(string group, string? key, ReadOnlyMemory<byte>? value)
{
    /// <summary>The group's name.</summary>
    public string Group { get; } = group;

    /// <summary>What tells it apart within the group, with respect to case; null for the whole group, which is removed.</summary>
    public string? Key { get; } = key;

    /// <summary>What is kept; null for an entry that is removed. It may be of no bytes.</summary>
    public ReadOnlyMemory<byte>? Value { get; } = value;
}
