using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>The messages under one id, numbered from 1 over all senders. They only become more.</summary>
internal sealed class Board
{
    private readonly List<Message> _messages = [];
    private readonly Dictionary<string, BoardMember> _senders = new(StringComparer.Ordinal);

    /// <summary>The number of the last message that is not of the last one's sender.</summary>
    private long _lastOfAnother;

    public int Count => _messages.Count;

    public string? LastSender => _messages.Count == 0 ? null : _messages[^1].Sender;

    public IReadOnlyCollection<BoardMember> Senders => _senders.Values;

    public BoardMember? Find(string id) => _senders.GetValueOrDefault(id);

    public bool HasSent(string id) => _senders.ContainsKey(id);

    public bool HasContributed(string id, long round) => Find(id)?.Contributed >= round;

    public BoardMember Append(in Message message)
    {
        if (LastSender != message.Sender) _lastOfAnother = Count;
        _messages.Add(message);
        BoardMember sender = FindOrAdd(message.Sender);
        sender.Last = Count;
        return sender;
    }

    public BoardMember FindOrAdd(string id)
    {
        if (!_senders.TryGetValue(id, out BoardMember? sender)) _senders.Add(id, sender = new BoardMember());
        return sender;
    }

    /// <summary>The number of the last message; without those of one member, if one is named.</summary>
    public long LastBut(string? excluded) => excluded is not null && excluded == LastSender ? _lastOfAnother : Count;

    /// <summary>What a receiver is told: the messages above a number, and how many have sent any.</summary>
    public Released Show(long after, string? excluded, TimeSpan now)
    {
        int senders = _senders.Count - (excluded is not null && HasSent(excluded) ? 1 : 0);
        var shown = new List<Contribution>();
        for (int i = (int)Math.Clamp(after, 0, Count); i < Count; i++)
        {
            if (_messages[i].Sender != excluded) shown.Add(_messages[i].Tell(i + 1, now));
        }
        return new Released(senders, null, null, shown, []);
    }
}
