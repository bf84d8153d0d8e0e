namespace Sync.Net.Coordination;

/// <summary>Which members changed since a version, to be asked.</summary>
internal interface IMemberLog
{
    long Version { get; }

    /// <summary>Members that changed after that version, each once; null when that is too long ago to be known.</summary>
    IReadOnlyCollection<Member>? Since(long version);
}

/// <summary>The order in which members changed; each change makes a version.</summary>
internal sealed class MemberLog(long first) : IMemberLog
{
    private const int Kept = 4096;

    private readonly List<Member> _changes = [];
    private long _forgotten = first;

    public long Version => _forgotten + _changes.Count;

    public void Add(Member member)
    {
        if (_changes.Count == 2 * Kept)
        {
            _changes.RemoveRange(0, Kept);
            _forgotten += Kept;
        }
        _changes.Add(member);
    }

    public IReadOnlyCollection<Member>? Since(long version)
    {
        if (version < _forgotten || version > Version) return null;
        return _changes.Skip((int)(version - _forgotten)).ToHashSet();
    }
}
