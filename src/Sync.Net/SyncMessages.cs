using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Sync.Net;

/// <summary>Messages under an id, in the order in which they reached the server.</summary>
/// <remarks>Immutable.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "A list of messages; the name says what it is.")]
public sealed class SyncMessages : IReadOnlyList<SyncMessage>
{
    private readonly IReadOnlyList<SyncMessage> _messages;

    internal SyncMessages(string id, IReadOnlyList<SyncMessage> messages, TimeSpan waited)
    {
        Id = id;
        _messages = messages;
        Waited = waited;
        var latest = new Dictionary<string, SyncMessage>(StringComparer.Ordinal);
        foreach (SyncMessage message in messages) latest[message.Sender] = message;
        LatestBySender = latest;
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The last message; null if there is none.</summary>
    public SyncMessage? Latest => _messages.Count == 0 ? null : _messages[^1];

    /// <summary>The last message of each sender, by its id.</summary>
    public IReadOnlyDictionary<string, SyncMessage> LatestBySender { get; }

    /// <summary>How long the caller waited, by its own clock.</summary>
    public TimeSpan Waited { get; }

    /// <summary>How many there are.</summary>
    public int Count => _messages.Count;

    /// <summary>A message by its place in this list, from 0.</summary>
    /// <param name="index">The place.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public SyncMessage this[int index] => _messages[index];

    /// <summary>Enumerates the messages in order.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<SyncMessage> GetEnumerator() => _messages.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
